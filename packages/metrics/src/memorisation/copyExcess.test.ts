// Whether near films copy: by hand, against the hypergeometric law, and its error where a patient has several films.
import { describe, expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { copyExcess } from './copyExcess.ts'
import type { NearestFilms } from './nearestFilms.ts'

const nearest = (prefix: string, found: ReadonlyArray<readonly [film: string, distance: number]>): NearestFilms => ({
  ids: found.map((_, i) => `${prefix} ${i}`),
  nearest: found.map(([film]) => film),
  distances: Float64Array.from(found, ([, distance]) => distance),
})
/** Held-out films lie 10 from training films. */
const heldOutToTraining = nearest(
  'held',
  Array.from({ length: 99 }, (_, i) => [`t${i % 9}`, 10] as const),
)
/** t1.2 is the second film of patient t1. */
const patientOf = (film: string): string => film.split('.')[0]!
const named = (prefix: string, n: number): string[] => Array.from({ length: n }, (_, i) => `${prefix}${i}`)

describe('copyExcess', () => {
  test('by hand: near films, those that copy, and the chance of two patients of four', () => {
    // 0 copies t0; 1 lies near a held-out film; 2 is as near to both; 3 lies near nothing
    const samplesToTraining = nearest('s', [['t0', 1], ['t1', 5], ['t1', 2], ['t1', 10]]) // prettier-ignore
    const samplesToHeldOut = nearest('s', [['h0', 9], ['h0', 4], ['h1', 2], ['h1', 12]]) // prettier-ignore
    const found = copyExcess(
      { samplesToTraining, samplesToHeldOut, heldOutToTraining },
      { patientOf, training: ['t0', 't1'], heldOut: ['h0', 'h1'] },
      rng(1),
      { permutations: 5999 },
    )
    expect(found).toMatchObject({ near: 3, copying: 1 })
    // t0 has .9, h0 .6, h1 .8: of the six deals t0 with any other, and h0 with h1, have .9 or more
    expect(Math.abs(found.p - 4 / 6)).toBeLessThan(0.025) // four standard errors
  })

  test('each near film of its own patient: the hypergeometric tail', () => {
    // 12 patients train, 8 do not; of 6 near films 5 copy: [C(6,5) C(14,7) + C(6,6) C(14,6)] / C(20,12)
    const near = Array.from({ length: 6 }, (_, i) => i)
    const found = copyExcess(
      {
        samplesToTraining: nearest('s', near.map((i) => [`t${i}`, i < 5 ? 1 : 8])), // prettier-ignore
        samplesToHeldOut: nearest('s', near.map((i) => [`h${i}`, i < 5 ? 9 : 1])), // prettier-ignore
        heldOutToTraining,
      },
      { patientOf, training: named('t', 12), heldOut: named('h', 8) },
      rng(2),
      { permutations: 9999 },
    )
    expect(found.copying).toBe(5)
    expect(found.least).toBeCloseTo(924 / 38_760, 12) // C(12,6) / C(20,6): all six train
    const tail = (6 * 3432 + 3003) / 125_970
    expect(Math.abs(found.p - tail)).toBeLessThan(4 * Math.sqrt((tail * (1 - tail)) / 9999))
  })

  test('films near one patient are one draw: thirty of them prove nothing', () => {
    const near = Array.from({ length: 30 }, (_, i) => i)
    const found = copyExcess(
      {
        samplesToTraining: nearest('s', near.map((i) => [`t0.${i}`, 1])), // prettier-ignore
        samplesToHeldOut: nearest('s', near.map(() => ['h0', 9])), // prettier-ignore
        heldOutToTraining,
      },
      { patientOf, training: named('t', 12), heldOut: named('h', 8) },
      rng(3),
      { permutations: 1999 },
    )
    expect(found).toMatchObject({ near: 30, copying: 30 })
    expect(found.p).toBeGreaterThan(0.55) // 12 / 20
    expect(found.p).toBeLessThan(0.65)
  })

  test('none near: 1. Refusals', () => {
    const far = nearest('s', [['t0', 20]])
    const distances = { samplesToTraining: far, samplesToHeldOut: far, heldOutToTraining }
    const parts = { patientOf, training: ['t0'], heldOut: ['h0'] }
    expect(copyExcess(distances, parts, rng(1))).toEqual({ near: 0, copying: 0, p: 1, least: 1 })
    expect(() => copyExcess(distances, { ...parts, heldOut: ['t0'] }, rng(1))).toThrow(/in both parts/)
    const unknown = { ...distances, samplesToTraining: nearest('s', [['x', 1]]) }
    expect(() => copyExcess(unknown, parts, rng(1))).toThrow(/knows no patient of film x/)
    const fewer = { ...distances, samplesToHeldOut: nearest('s', []) }
    expect(() => copyExcess(fewer, parts, rng(1))).toThrow(/other samples/)
    const broken = { ...distances, samplesToHeldOut: nearest('s', [['h0', NaN]]) }
    expect(() => copyExcess(broken, parts, rng(1))).toThrow(/zero or more/)
    expect(() => copyExcess(distances, parts, rng(1), { permutations: 0 })).toThrow(/1 or more/)
  })
})
