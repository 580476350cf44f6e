import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { betaQuantile } from './betaQuantile.ts'
import { clopperPearson } from './clopperPearson.ts'

test('beta quantiles by hand: B(1, 1) is uniform, of B(n, 1) the p quantile is p^(1/n)', () => {
  expect(betaQuantile(0.3, 1, 1)).toBeCloseTo(0.3, 14)
  expect(betaQuantile(0.025, 8, 1)).toBeCloseTo(0.025 ** (1 / 8), 14)
  expect(betaQuantile(0.975, 1, 500)).toBeCloseTo(1 - 0.025 ** (1 / 500), 14)
})

test('by hand: none of n, all of n', () => {
  expect(clopperPearson(0, 500)).toEqual({ value: 0, low: 0, high: expect.closeTo(1 - 0.025 ** (1 / 500), 12) })
  expect(clopperPearson(8, 8)).toEqual({ value: 1, low: expect.closeTo(0.025 ** (1 / 8), 12), high: 1 })
})

test('scipy’s exact interval within 1e-9 (tools/oracles/metrics_clopper_pearson.py)', () => {
  const { intervals } = JSON.parse(
    readFileSync(new URL('./fixtures/clopperPearson.json', import.meta.url), 'utf8'),
  ) as { intervals: [count: number, films: number, confidence: number, low: number, high: number][] }
  expect(intervals).toHaveLength(36)
  for (const [count, films, confidence, low, high] of intervals) {
    const found = clopperPearson(count, films, confidence)
    expect(found.value).toBe(count / films)
    expect(Math.abs(found.low - low)).toBeLessThan(1e-9)
    expect(Math.abs(found.high - high)).toBeLessThan(1e-9)
  }
})

test('2,000 sets of 200 films of which .01 have it: .95 of the intervals hold that, and more', () => {
  const random = rng('coverage')
  let held = 0
  for (let set = 0; set < 2000; set++) {
    const { low, high } = clopperPearson(random.uniforms(200).filter((u) => u < 0.01).length, 200)
    if (low <= 0.01 && 0.01 <= high) held++
  }
  expect(held / 2000).toBeGreaterThanOrEqual(0.95)
})

test('refusals', () => {
  for (const [count, films] of [
    [1, 0],
    [-1, 5],
    [6, 5],
    [0.5, 5],
  ] as const)
    expect(() => clopperPearson(count, films)).toThrow(expect.objectContaining({ _tag: 'MetricError' }))
  expect(() => clopperPearson(1, 5, 1)).toThrow(/confidence: .*inside \(0, 1\)/)
})
