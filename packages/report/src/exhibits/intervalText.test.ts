import { expect, test } from '@jest/globals'
import type { MetricRow } from '@radiograft/pipeline'
import { intervalText, shareBound } from './intervalText.ts'

const row = (more: Partial<MetricRow>): MetricRow => ({
  arm: 'a',
  part: 'test',
  metric: 'ap',
  value: 0,
  low: 0,
  high: 0,
  n: 41,
  unit: '',
  ...more,
})
const said = (more: Partial<MetricRow>): string => {
  const made = intervalText(row(more), 3)
  return (typeof made === 'string' ? made : made.text).replaceAll(/<[^>]*>/g, '')
}

test('an interval of no width says so and keeps its numbers', () => {
  expect(said({ value: 0.3, low: 0.3, high: 0.3 })).toBe('[0.300, 0.300] no spread')
  expect(said({ value: 0.3, low: 0.2, high: 0.3 })).toBe('[0.200, 0.300]')
  expect(said({ low: NaN, high: NaN })).toBe('–')
})

test('all of n films, or none: the exact bound of a share, of the arm itself only', () => {
  // .025^(1/41): ln .025 = −3.68888; / 41 = −.0899726; exp = .913956
  expect(shareBound(row({ metric: 'false-alarm-rate', value: 1 }))).toBeCloseTo(0.913956, 6)
  expect(shareBound(row({ metric: 'false-alarm-rate', value: 0 }))).toBeCloseTo(0.086044, 6)
  // one film: 2.5 % and 97.5 %
  expect(shareBound(row({ metric: 'false-alarm-rate', value: 0, n: 1 }))).toBeCloseTo(0.975, 12)
  expect(shareBound(row({ metric: 'false-alarm-rate', value: 0.5 }))).toBeNaN()
  expect(shareBound(row({ metric: 'ap', value: 0 }))).toBeNaN()
  expect(said({ metric: 'false-alarm-rate', value: 1, low: 1, high: 1 })).toBe(
    '[1.000, 1.000] no spread; the true share may be as low as 0.914',
  )
  expect(said({ metric: 'false-alarm-rate', arm: 'a − b', value: 1, low: 1, high: 1 })).toBe('[1.000, 1.000] no spread')
})
