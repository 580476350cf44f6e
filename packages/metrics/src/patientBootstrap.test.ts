import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import {
  pairedPatientBootstrap,
  pairedSeedBootstrap,
  patientBootstrap,
  ratioPatientBootstrap,
  seedBootstrap,
} from './patientBootstrap.ts'

const each = (values: readonly unknown[]) => values.map((_, i) => `patient ${i}`)

describe('small cases, enumerated', () => {
  test('two patients at 0 and 1: 0, ½, 1 with chances ¼, ½, ¼', () => {
    const got = patientBootstrap({ patients: ['p', 'q'], values: [0, 1] }, rng(1), { resamples: 20_000 })
    expect(got).toMatchObject({ value: 0.5, low: 0, high: 1, patients: 2, emptyResamples: 0 })
    expect(got.se).toBeCloseTo(Math.sqrt(1 / 8), 2)
    expect(got.smallestDetectable).toBe(2.8 * got.se)
  })

  test('three patients, one with two films and one uncounted: the ratio of every one of 27 draws', () => {
    const patients = ['a', 'a', 'b', 'c']
    const values = [1, 1, 0, null]
    const sums = [2, 0, 0]
    const counts = [2, 1, 0]
    const all: number[] = []
    for (let draw = 0; draw < 27; draw++) {
      const who = [draw % 3, Math.floor(draw / 3) % 3, Math.floor(draw / 9)]
      const count = who.reduce((s, p) => s + counts[p]!, 0)
      if (count > 0) all.push(who.reduce((s, p) => s + sums[p]!, 0) / count)
    }
    expect(all).toHaveLength(26) // only (c, c, c) counts nothing
    const mean = all.reduce((s, v) => s + v, 0) / 26
    const sd = Math.sqrt(all.reduce((s, v) => s + (v - mean) ** 2, 0) / 26)
    const got = patientBootstrap({ patients, values }, rng(2), { resamples: 40_000 })
    expect(got.value).toBe(2 / 3)
    expect(got.se).toBeCloseTo(sd, 2)
    expect(got.emptyResamples / 40_000).toBeCloseTo(1 / 27, 2)
    expect([got.low, got.high]).toEqual([0, 1]) // (b,b,b) alone has chance 1/27 > .025
  })

  test('one patient: an interval of no width, whatever the number of films', () => {
    expect(patientBootstrap({ patients: ['p', 'p'], values: [0.2, 0.6] }, rng(1))).toMatchObject({
      low: 0.4,
      high: 0.4,
    })
  })
})

test('films of one patient are one draw: four copies of each film leave the interval as it was', () => {
  const values = [0, 0.1, 0.9, 0.4, 0.7, 1, 0.2, 0.3]
  const once = patientBootstrap({ patients: each(values), values }, rng(5))
  const copies = [...values, ...values, ...values, ...values]
  const fourfold = patientBootstrap({ patients: copies.map((_, i) => `patient ${i % 8}`), values: copies }, rng(5))
  expect(fourfold.low).toBeCloseTo(once.low, 12)
  expect(fourfold.high).toBeCloseTo(once.high, 12)
  // counted as 32 patients it would be half as wide
  const wrong = patientBootstrap({ patients: each(copies), values: copies }, rng(5))
  expect((wrong.high - wrong.low) / (once.high - once.low)).toBeLessThan(0.65)
})

test('a ratio of means: two patients at 4/1 and 1/2, so 5/3, with 4 and ½ at the ends', () => {
  const got = ratioPatientBootstrap({ patients: ['p', 'q'], a: [4, 1], b: [1, 2] }, rng(1), { resamples: 4000 })
  expect(got).toMatchObject({ value: 5 / 3, low: 0.5, high: 4 })
})

test('a ratio with nothing below: infinite, and so are its bounds; 0 / 0 is what the caller says, or refused', () => {
  const none = { patients: ['p', 'q'], a: [0, 0], b: [0, 0] }
  expect(() => ratioPatientBootstrap(none, rng(1))).toThrow(/nothing to average/)
  expect(ratioPatientBootstrap(none, rng(1), { zeroOverZero: 1 })).toMatchObject({ value: 1, low: 1, high: 1 })
  const below = { patients: ['p', 'q'], a: [1, 0], b: [0, 0] } // q alone is 0 / 0, one resample in four
  const left = ratioPatientBootstrap(below, rng(1), { resamples: 400 })
  expect(left).toMatchObject({ value: Infinity, low: Infinity, high: Infinity })
  expect(left.emptyResamples / 400).toBeCloseTo(1 / 4, 1)
  const said = ratioPatientBootstrap(below, rng(1), { resamples: 400, zeroOverZero: 1 })
  expect(said).toMatchObject({ value: Infinity, low: 1, high: Infinity, emptyResamples: 0 })
})

describe('paired', () => {
  const base = Array.from(rng('base').uniforms(40), Number)

  test('a constant gain has no spread, however much films differ', () => {
    const got = pairedPatientBootstrap({ patients: each(base), a: base.map((v) => v + 0.125), b: base }, rng(1))
    for (const x of [got.value, got.low, got.high]) expect(x).toBeCloseTo(0.125, 12)
    expect(got.se).toBeLessThan(1e-12)
  })

  test('a film may be counted in one arm only', () => {
    const got = pairedPatientBootstrap({ patients: ['p', 'q', 'r'], a: [1, null, 0.5], b: [1, 0, null] }, rng(1))
    expect(got.value).toBe(0.75 - 0.5)
  })

  test('a against b is minus b against a', () => {
    const other = base.map((v) => 1 - v)
    const ab = pairedPatientBootstrap({ patients: each(base), a: base, b: other }, rng(9))
    const ba = pairedPatientBootstrap({ patients: each(base), a: other, b: base }, rng(9))
    expect(ab.low).toBeCloseTo(-ba.high, 12)
  })

  test('one seed is pairedPatientBootstrap; seeds that disagree widen the interval', () => {
    const patients = each(base)
    const one = pairedSeedBootstrap({ patients, a: [base.map((v) => v + 0.1)], b: [base] }, rng(4))
    expect(one).toEqual(pairedPatientBootstrap({ patients, a: base.map((v) => v + 0.1), b: base }, rng(4)))
    // two seeds with gains 0 and .2 on every film: se √(.02 / 2) with 1 degree of freedom, t(.975) = 12.7062
    const two = pairedSeedBootstrap({ patients, a: [base, base.map((v) => v + 0.2)], b: [base, base] }, rng(4))
    expect(two.value).toBeCloseTo(0.1, 12)
    expect(two.se).toBeCloseTo(0.1, 12)
    expect(two.low).toBeCloseTo(0.1 - 1.27062, 5)
    expect(two.high).toBeCloseTo(0.1 + 1.27062, 5)
  })
})

test('scipy.stats.bootstrap, percentile, on a mean: within Monte Carlo error', () => {
  const { interval } = JSON.parse(readFileSync(new URL('./fixtures/statistics.json', import.meta.url), 'utf8')) as {
    interval: { values: number[]; mean: number; low: number; high: number; se: number }
  }
  const got = patientBootstrap({ patients: each(interval.values), values: interval.values }, rng(41), {
    resamples: 20_000,
  })
  expect(got.value).toBeCloseTo(interval.mean, 12)
  // a 2.5 % quantile of 20,000 has standard error √(.025·.975/20000)/.058 = .019 se; five of them
  const tolerance = 0.1 * interval.se
  expect(Math.abs(got.low - interval.low)).toBeLessThan(tolerance)
  expect(Math.abs(got.high - interval.high)).toBeLessThan(tolerance)
  expect(Math.abs(got.se / interval.se - 1)).toBeLessThan(0.03)
})

test('the same generator, the same interval; the order of films does not matter', () => {
  const values = [0.1, 0.5, null, 0.9, 0.3]
  const patients = ['a', 'b', 'c', 'd', 'a']
  const got = patientBootstrap({ patients, values }, rng(8))
  expect(patientBootstrap({ patients, values }, rng(8))).toEqual(got)
  const turned = patientBootstrap({ patients: patients.toReversed(), values: values.toReversed() }, rng(8))
  expect(turned.low).toBeCloseTo(got.low, 12)
})

test('two resamples: percentiles are linear between them, the standard deviation is of n − 1', () => {
  const values = [0, 1, 5, 2]
  const got = patientBootstrap({ patients: each(values), values }, rng(3), { resamples: 2 })
  const apart = (got.high - got.low) / 0.95
  expect(apart).toBeGreaterThan(0)
  expect(got.se).toBeCloseTo(apart / Math.sqrt(2), 12)
})

test('a resample draws as many patients as there are, by the numbers of the generator', () => {
  const values = [0.25, 1, 5, 2, 9]
  const draws = rng(3)
  const means = [1, 2].map(() => Array.from(draws.ints(5, 0, 5)).reduce((sum, p) => sum + values[p]!, 0) / 5)
  const { se } = patientBootstrap({ patients: each(values), values }, rng(3), { resamples: 2 })
  expect(se).toBeCloseTo(Math.abs(means[0]! - means[1]!) / Math.SQRT2, 12)
})

test('p: twice the smaller share of resamples on either side of 0, with 1 added above and below', () => {
  const p = (values: number[], resamples = 20_000) =>
    patientBootstrap({ patients: each(values), values }, rng(6), { resamples }).p
  // two patients at −1 and 3: −1, 1, 3 with chances ¼, ½, ¼, so a quarter lies at or below 0
  expect(p([-1, 3])).toBeCloseTo(2 * (1 / 4), 1)
  expect(p([1, -3])).toBeCloseTo(2 * (1 / 4), 1)
  expect(p([1, 3], 999)).toBe(2 / 1000) // never 0
  expect(p([0, 0])).toBe(1)
})

test('bounds that hold together: those of 1 − .05/family', () => {
  const values = Array.from(rng('family').uniforms(30), Number)
  const films = { patients: each(values), values }
  const alone = patientBootstrap(films, rng(8))
  expect(alone.simultaneous).toEqual({ low: alone.low, high: alone.high })
  const five = patientBootstrap(films, rng(8), { family: 5 })
  const wide = patientBootstrap(films, rng(8), { confidence: 0.99 })
  expect([five.low, five.high]).toEqual([alone.low, alone.high])
  expect(five.simultaneous.low).toBeCloseTo(wide.low, 12)
  expect(five.simultaneous.high).toBeCloseTo(wide.high, 12)
  expect(five.simultaneous.low).toBeLessThan(five.low)
})

test('the mean of an arm over seeds: one seed is patientBootstrap, two that disagree spread it', () => {
  const values = [0, 1, 0.5]
  const one = seedBootstrap({ patients: each(values), values: [values] }, rng(4))
  expect(one).toEqual(patientBootstrap({ patients: each(values), values }, rng(4)))
  // one patient: nothing but the seeds varies, se √(½ / 2) with 1 degree of freedom; the bounds are cut where a range is known
  const two = { patients: ['p'], values: [[0], [1]] }
  const free = seedBootstrap(two, rng(4))
  expect(free).toMatchObject({ value: 0.5, se: 0.5, sources: { patients: 0, seeds: 0.25, df: 1 } })
  expect(free.low).toBeCloseTo(0.5 - 12.7062 / 2, 4)
  expect(seedBootstrap(two, rng(4), { range: [0, 1] })).toMatchObject({ low: 0, high: 1, se: 0.5, p: free.p })
})

test('refusals', () => {
  expect(() => patientBootstrap({ patients: ['a'], values: [1, 2] }, rng(1))).toThrow(/2 values for 1 films/)
  expect(() => patientBootstrap({ patients: ['a'], values: [null] }, rng(1))).toThrow(/no counted film/)
  expect(() => patientBootstrap({ patients: ['a'], values: [Number.NaN] }, rng(1))).toThrow(/NaN/)
  expect(() => patientBootstrap({ patients: ['a'], values: [1] }, rng(1), { confidence: 95 })).toThrow(/confidence/)
  expect(() => patientBootstrap({ patients: ['a'], values: [1] }, rng(1), { resamples: 0 })).toThrow(/resamples/)
  expect(() => patientBootstrap({ patients: ['a'], values: [1] }, rng(1), { family: 0 })).toThrow(/family/)
  expect(() => pairedSeedBootstrap({ patients: ['a'], a: [[1]], b: [] }, rng(1))).toThrow(/paired by training seed/)
})
