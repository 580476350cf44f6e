import { expect, test } from '@jest/globals'
import { alignerConfig } from './alignerConfig.ts'

test('an aligner’s configuration passes through JSON; any other network is refused by name', () => {
  const config = { architecture: 'stn-resnet18', size: 64, reference: 'film-1' }
  expect(alignerConfig(JSON.parse(JSON.stringify(config)) as Record<string, unknown>)).toEqual(config)
  expect(() => alignerConfig({ architecture: 'cyclegan', size: 64 })).toThrow(
    "aligner: this network is 'cyclegan', expected 'stn-resnet18' with size and reference: wire the output of fit-aligner",
  )
  expect(() => alignerConfig({ architecture: 'stn-resnet18' })).toThrow('with size and reference')
})
