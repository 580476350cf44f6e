import { expect, test } from '@jest/globals'
import { featureSetOf } from '@radiograft/metrics/distribution'
import { featureRow } from './featureRow.ts'

test('float32 with the low byte first; a measure reads back what was stored', () => {
  const row = featureRow('a', [1, -2.5], { name: 'x', sha256: null, resizeFilter: 'none' })
  expect([...row.values]).toEqual([0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0])
  const { values, extractor } = featureSetOf([row])
  expect([...values]).toEqual([1, -2.5])
  expect(extractor).toEqual({ name: 'x', sha256: null, resizeFilter: 'none' })
})
