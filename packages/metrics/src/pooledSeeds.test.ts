import { describe, expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { pooledSeeds } from './pooledSeeds.ts'
import { studentQuantile } from './studentT.ts'

const bare = (value: number) => ({ value, low: NaN, high: NaN })
/** Bounds of a figure of standard error se. */
const around = (value: number, se: number) => ({
  value,
  low: value - 1.959963984540054 * se,
  high: value + 1.959963984540054 * se,
})

describe('by hand', () => {
  test('seeds 1 and 3 without bounds: 2 ± t(.975; 1) · 1', () => {
    const { value, low, high } = pooledSeeds([bare(1), bare(3)])
    expect(value).toBe(2)
    expect(high - 2).toBeCloseTo(12.7062047, 6)
    expect(2 - low).toBeCloseTo(12.7062047, 6)
  })

  test('equal seeds with bounds: theirs', () => {
    const { low, high } = pooledSeeds([around(2, 0.5), around(2, 0.5)])
    expect(low).toBeCloseTo(2 - 0.98, 3)
    expect(high).toBeCloseTo(2 + 0.98, 3)
  })

  test('V_p = 1 and V_s = 1: se √2, df 4 · (S − 1)', () => {
    const { low, high } = pooledSeeds([around(1, 1), around(3, 1)])
    const half = studentQuantile(0.025, 4) * Math.SQRT2
    expect(low).toBeCloseTo(2 - half, 9)
    expect(high).toBeCloseTo(2 + half, 9)
  })

  test('bounds on one side, as exact ones of a share of 0 have: as far as each seed’s own, not half as far', () => {
    const { value, low, high } = pooledSeeds([1, 2, 3].map(() => ({ value: 0, low: 0, high: 0.0074 })))
    expect([value, low]).toEqual([0, 0])
    expect(high).toBeCloseTo(0.0074, 9)
  })

  test('one seed without bounds among others: seeds alone', () => {
    expect(pooledSeeds([around(1, 100), bare(3)])).toEqual(pooledSeeds([bare(1), bare(3)]))
  })

  test('the same value of all seeds, without bounds, tells nothing', () =>
    expect(pooledSeeds([bare(0), bare(0), bare(0)])).toEqual(bare(0)))

  test('cut to the range', () =>
    expect(pooledSeeds([bare(0), bare(1)], [0, 1])).toEqual({ value: 0.5, low: 0, high: 1 }))

  test('one seed is refused', () => expect(() => pooledSeeds([bare(1)])).toThrow(/1 have no spread/))
})

test.each([
  ['seeds alone', 0, 1, 0],
  ['patients alone', 1, 0, 0],
  ['patients, seeds and films', 1, 1, 1],
  ['films alone', 0, 0, 1],
])('1,000 studies of three seeds hold the truth in .93 or more: %s', (name, patients, seeds, films) => {
  const random = rng('pooled').fork(name)
  let held = 0
  for (let study = 0; study < 1000; study++) {
    const [ofPatients, ...of] = random.normals(7)
    const figures = [0, 1, 2].map((s) =>
      around(patients * ofPatients! + seeds * of[s]! + films * of[3 + s]!, Math.hypot(patients, films)),
    )
    const { low, high } = pooledSeeds(figures)
    if (low <= 0 && 0 <= high) held++
  }
  expect(held / 1000).toBeGreaterThan(0.93)
})
