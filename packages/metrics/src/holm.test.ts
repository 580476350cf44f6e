import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { holm } from './holm.ts'

test('by hand: .005·4, .01·3, .03·2, and .04 no lower than the one before', () => {
  const [a, b, c, d] = holm([0.01, 0.04, 0.03, 0.005])
  expect(d).toBeCloseTo(0.02, 12)
  expect(a).toBeCloseTo(0.03, 12)
  expect(c).toBeCloseTo(0.06, 12)
  expect(b).toBeCloseTo(0.06, 12)
  expect(holm([])).toEqual([])
  expect(holm([0.6, 0.7])).toEqual([1, 1])
})

test('closed testing over every subset (tools/oracles/metrics_holm.py)', () => {
  const { cases } = JSON.parse(readFileSync(new URL('./fixtures/holm.json', import.meta.url), 'utf8')) as {
    cases: { p: number[]; adjusted: number[] }[]
  }
  for (const { p, adjusted } of cases)
    expect(Math.max(...holm(p).map((v, i) => Math.abs(v - adjusted[i]!)))).toBeLessThan(1e-12)
})

test('refuses what is no p', () => {
  expect(() => holm([0.5, Number.NaN])).toThrow(/in \[0, 1\], got NaN/)
  expect(() => holm([1.5])).toThrow(expect.objectContaining({ _tag: 'MetricError' }))
})
