import { expect, test } from '@jest/globals'
import type { Box } from '@radiograft/geometry'
import { rng } from '@radiograft/random'
import { cocoAp, type CocoFilm } from './cocoAp.ts'
import { cocoBootstrap, pairedCocoBootstrap, type PatientFilms } from './cocoBootstrap.ts'

const unit: Box = [0, 0, 100, 100]
const far: Box = [300, 300, 400, 400]
const found = (score: number): CocoFilm => ({ preds: [{ box: unit, score }], truth: [unit] })
const missed: CocoFilm = { preds: [], truth: [unit] }
const alarm = (score: number): CocoFilm => ({ preds: [{ box: far, score }], truth: [] })
const half = (51 / 101) * (1 / 2)

/** p has one box, found at .8; q has two films: a box that is missed, and a false alarm of .9. */
const two: PatientFilms = { films: [found(0.8), missed, alarm(0.9)], patients: ['p', 'q', 'q'] }

test('two patients, every draw: 1, then half the recalls at precision ½, then 0, with chances ¼, ½, ¼', () => {
  const got = cocoBootstrap([two], rng(1), { resamples: 20_000 })
  expect(got.value).toBeCloseTo(half, 12)
  expect(got).toMatchObject({ low: 0, high: 1, patients: 2, emptyResamples: 0 })
  const mean = (1 + 2 * half) / 4
  const variance = ((1 - mean) ** 2 + 2 * (half - mean) ** 2 + mean ** 2) / 4
  expect(got.se).toBeCloseTo(Math.sqrt(variance), 2)
  expect(got.smallestDetectable).toBe(2.8 * got.se)
})

test('a resample is the AP of its films, each as often as its patient was drawn', () => {
  const draw = rng('films')
  const films = Array.from({ length: 9 }, (_, i) => [found(draw.uniform()), missed, alarm(draw.uniform())][i % 3]!)
  const patients = films.map((_, i) => `p${Math.floor(i / 2)}`) // p0 … p4, the last with one film
  const draws = rng(5)
  const by = [1, 2].map(() => {
    const drawn = [...draws.ints(5, 0, 5)]
    return cocoAp(drawn.flatMap((p) => films.filter((_, i) => patients[i] === `p${p}`))).value!
  })
  const { se } = cocoBootstrap([{ films, patients }], rng(5), { resamples: 2 })
  expect(by[0]).not.toBeCloseTo(by[1]!, 3)
  expect(se).toBeCloseTo(Math.abs(by[0]! - by[1]!) / Math.SQRT2, 12)
})

test('resamples without a true box are left out', () => {
  const got = cocoBootstrap([{ films: [found(0.8), alarm(0.5)], patients: ['p', 'q'] }], rng(2), { resamples: 4000 })
  expect(got.emptyResamples / 4000).toBeCloseTo(1 / 4, 1)
  expect([got.low, got.high]).toEqual([1, 1])
  expect(() => cocoBootstrap([{ films: [alarm(0.5)], patients: ['p'] }], rng(2))).toThrow(/no counted film/)
})

test('an arm against itself: 0 without width, p 1; against one that finds nothing: its own AP, patient by patient', () => {
  const same = pairedCocoBootstrap({ a: [two], b: [two] }, rng(3), { resamples: 200 })
  expect(same).toMatchObject({ value: 0, low: 0, high: 0, p: 1 })
  const silent = { ...two, films: two.films.map((film) => ({ ...film, preds: [] })) }
  const own = cocoBootstrap([two], rng(3), { resamples: 200 })
  const against = pairedCocoBootstrap({ a: [two], b: [silent] }, rng(3), { resamples: 200 })
  expect(against).toMatchObject({ value: own.value, low: own.low, high: own.high, se: own.se })
})

test('seeds: their spread is in the interval, and arms differ seed by seed', () => {
  const better = { ...two, films: [found(0.95), missed, alarm(0.9)] } // the hit outranks: precision 1
  const [weak, strong] = [
    [two, two],
    [two, better],
  ] as const
  const one = { films: [found(0.8)], patients: ['p'] } // one patient: nothing but the seeds varies
  const none = { films: [missed], patients: ['p'] }
  const got = cocoBootstrap([one, none], rng(4), { resamples: 20_000 })
  // √(½ / 2) with 1 degree of freedom; bounds of an AP end at 0 and 1, those of a difference do not
  expect(got).toMatchObject({ value: 0.5, low: 0, high: 1, se: 0.5, sources: { patients: 0, seeds: 0.25, df: 1 } })
  expect(pairedCocoBootstrap({ a: [one, none], b: [none, none] }, rng(4)).high).toBeCloseTo(0.5 + 12.7062 / 2, 4)
  expect(pairedCocoBootstrap({ a: [one, none], b: [one, none] }, rng(4)).se).toBe(0)
  expect(pairedCocoBootstrap({ a: strong, b: weak }, rng(4)).value).toBeCloseTo(half / 2, 12)
})

test('refusals', () => {
  const other = { ...two, patients: ['p', 'q', 'r'] }
  expect(() => pairedCocoBootstrap({ a: [two], b: [other] }, rng(1))).toThrow(/the same patients in all/)
  expect(() => pairedCocoBootstrap({ a: [two], b: [] }, rng(1))).toThrow(/paired by training seed/)
  expect(() => cocoBootstrap([{ ...two, patients: ['p'] }], rng(1))).toThrow(/1 patients for 3 films/)
  expect(() => cocoBootstrap([], rng(1))).toThrow(/no seed/)
})
