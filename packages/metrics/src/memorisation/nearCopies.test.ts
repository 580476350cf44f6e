import { describe, expect, test } from '@jest/globals'
import { nearCopies } from './nearCopies.ts'
import { nearestFilms } from './nearestFilms.ts'
import { drawn } from './testing/rows.ts'

describe('nearCopies', () => {
  const nineteen = Float64Array.from({ length: 19 }, (_, i) => 20 - i) // 2 … 20

  test('by hand: 19 held-out distances and a rate of .1, so nearer than the second', () => {
    const { p, near, threshold, rank } = nearCopies(Float64Array.of(0, 1.9, 2, 2.9, 3, 50), nineteen, 0.1)
    expect([rank, threshold]).toEqual([2, 3])
    expect([...p]).toEqual([1 / 20, 1 / 20, 2 / 20, 2 / 20, 3 / 20, 1])
    expect(near).toEqual([true, true, true, true, false, false]) // p ≤ .1, so 3 itself is none
  })

  test('one held-out film fewer cannot show a rate of .05', () => {
    expect(nearCopies(Float64Array.of(1), nineteen, 0.05).near).toEqual([true])
    expect(() => nearCopies(Float64Array.of(1), nineteen.subarray(1), 0.05)).toThrow(
      /18 held-out films .* give 19 or more/,
    )
    expect(
      nearCopies(
        Float64Array.of(0),
        Float64Array.from({ length: 99 }, (_, i) => i + 1),
        0.01,
      ).rank,
    ).toBe(1)
  })

  test('held-out films that are training films leave no scale', () => {
    expect(() => nearCopies(Float64Array.of(1), new Float64Array(19), 0.1)).toThrow(/distance 0/)
    expect(() => nearCopies(Float64Array.of(Number.NaN), nineteen, 0.1)).toThrow(/zero or more/)
    expect(() => nearCopies(Float64Array.of(1), nineteen, 1)).toThrow(expect.objectContaining({ _tag: 'MetricError' }))
  })

  test('other held-out films are flagged at the nominal rate, over 60 splits', () => {
    const training = drawn('t', 200, 'training')
    let flagged = 0
    for (let split = 0; split < 60; split++) {
      const films = drawn('h', 198, `held out ${split}`)
      const { distances } = nearestFilms(films).offer(training).result()
      flagged += nearCopies(distances.subarray(99), distances.subarray(0, 99), 0.05).near.filter(Boolean).length
    }
    const share = flagged / (60 * 99)
    expect(share).toBeGreaterThan(0.035) // ± .015 is four standard errors with one threshold a split
    expect(share).toBeLessThan(0.065)
  })
})
