// Paired differences read from metric rows, either way round, and the difference of two gains from their bounds alone.
import { expect, it } from '@jest/globals'
import { type MetricRow, metricRow } from '@radiograft/pipeline'
import { atFloor } from './atFloor.ts'
import { boundsOf, differenceOf, directionOf, estimateOf } from './estimateOf.ts'

const row = (arm: string, metric: string, value: number, low = NaN, high = NaN): MetricRow =>
  metricRow({ arm, metric, value, low, high, n: 90 })
const rows = [
  row('a − b', 'ap', 0.3, 0.1, 0.4),
  row('a − b', 'ap-smallest-detectable', 0.2),
  row('a − b', 'ap-seed-share', 0.3),
  row('a − b', 'ap-p', 0.01),
  row('a − b', 'ap-p-holm', 0.04),
  row('a − b', 'ap-simultaneous', 0.3, -0.05, 0.5),
  { ...row('c − d', 'ap', 0.1, 0, 0.2), n: 80 },
  row('c − d', 'ap-simultaneous', 0.1, -0.1, 0.25),
  { ...row('e − f', 'ap', 0.1, 0, 0.2), part: 'validation' },
]

it('gathers all that a run says of a difference', () => {
  const ours = {
    value: 0.3,
    low: 0.1,
    high: 0.4,
    simultaneous: { low: -0.05, high: 0.5 },
    pHolm: 0.04,
    smallest: 0.2,
    seedShare: 0.3,
    n: 90,
  }
  expect(estimateOf(rows, 'a − b', 'ap')).toEqual(ours)
  expect(differenceOf(rows, 'a', 'b', 'ap')).toEqual(ours)
  expect(estimateOf(rows, 'e − f', 'ap')).toBeUndefined() // not of the test part
})

it('turns a contrast that was wired the other way round', () => {
  expect(differenceOf(rows, 'b', 'a', 'ap')).toEqual({
    value: -0.3,
    low: -0.4,
    high: -0.1,
    simultaneous: { low: -0.5, high: 0.05 },
    pHolm: 0.04,
    smallest: 0.2,
    seedShare: 0.3,
    n: 90,
  })
  expect(differenceOf(rows, 'a', 'd', 'ap')).toBeUndefined()
})

it('bounds the difference of two gains by the bounds of both, too wide rather than too narrow', () => {
  const ours = differenceOf(rows, 'a − b', 'c − d', 'ap')!
  expect(ours.value).toBeCloseTo(0.2, 12)
  // .1 − .2 and .4 − 0; -.05 − .25 and .5 + .1
  expect(ours.low).toBeCloseTo(-0.1, 12)
  expect(ours.high).toBeCloseTo(0.4, 12)
  expect(ours.simultaneous!.low).toBeCloseTo(-0.3, 12)
  expect(ours.simultaneous!.high).toBeCloseTo(0.6, 12)
  expect([ours.pHolm, ours.smallest, ours.n]).toEqual([NaN, NaN, 80]) // the smallest of c − d is not known
  const both = [...rows, row('c − d', 'ap-smallest-detectable', 0.25)]
  expect(differenceOf(both, 'a − b', 'c − d', 'ap')!.smallest).toBeCloseTo(0.45, 12)
  const unknown = [...rows, row('g − h', 'ap', 0.1)]
  expect(directionOf(boundsOf(differenceOf(unknown, 'a − b', 'g − h', 'ap')!))).toBe('not known')
})

it('says on which side of zero bounds lie, the corrected ones first', () => {
  expect(boundsOf(estimateOf(rows, 'a − b', 'ap')!)).toEqual({ low: -0.05, high: 0.5 })
  expect(directionOf({ low: 0.01, high: 1 })).toBe('above zero')
  expect(directionOf({ low: -1, high: -0.01 })).toBe('below zero')
  expect(directionOf({ low: 0, high: 1 })).toBe('zero inside')
})

it('finds arms at the floor only where all of them are', () => {
  const arms = [row('a', 'ap', 0.04, 0, 0.1), row('b', 'ap', 0.01, 0.004, 0.018), row('c', 'ap', 0.05, 0.01, 0.1)]
  expect(atFloor(arms, ['a', 'b'], 'ap')).toBe(true) // an interval clear of 0 is no detector either
  expect(atFloor(arms, ['a', 'c'], 'ap')).toBe(false)
  expect(atFloor([row('a', 'ap', 0.06, 0, 0.1)], ['a'], 'ap')).toBe(false)
  expect(atFloor(arms, ['z'], 'ap')).toBe(false)
})
