import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { betaBinomialTail } from './betaBinomialTail.ts'

const { betaBinomial } = JSON.parse(readFileSync(new URL('./fixtures/labels.json', import.meta.url), 'utf8')) as {
  betaBinomial: { count: number; trials: number; a: number; b: number; tail: number }[]
}

test('by hand and scipy (tools/oracles/metrics_labels.py)', () => {
  // a = b = 1: X is uniform on 0 … 3
  expect([0, 1, 2, 3].map((c) => betaBinomialTail(c, 3, 1, 1))).toEqual(
    [1, 0.75, 0.5, 0.25].map((v) => expect.closeTo(v, 12)),
  )
  expect(betaBinomialTail(4, 3, 1, 1)).toBe(0)
  for (const { count, trials, a, b, tail } of betaBinomial)
    expect(Math.abs(betaBinomialTail(count, trials, a, b) / tail - 1)).toBeLessThan(1e-9)
})
