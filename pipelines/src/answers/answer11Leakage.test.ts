// Phantom answer 11, leakage: how many test films have a sibling in training when films are split and not patients, and how a
// generator that has seen the test patients gives itself away by distance.
import { describe, expect, it } from '@jest/globals'
import { nearestThumbnails, thumbnails, type Thumbnails } from '@radiograft/blend'
import { phantomCohort, renderFilm, splitCohort } from '@radiograft/data-io'
import { aucScore } from '@radiograft/metrics'
import { rng } from '@radiograft/random'
import { indicesOf } from './indicesOf.ts'
import { mean } from './mean.ts'
import { otherNoise } from './otherNoise.ts'
import { unitFilm } from './unitFilm.ts'

describe('siblings', () => {
  const FILMS = 1600
  const cohort = phantomCohort(7, FILMS, { cohort: 'multi' })
  /** Share of test films whose patient has a film in training. */
  const withSibling = (inTest: (film: number) => boolean): number => {
    const trained = new Set(cohort.filter((_, i) => !inTest(i)).map(({ patientId }) => patientId))
    const test = cohort.filter((_, i) => inTest(i))
    return test.filter(({ patientId }) => trained.has(patientId)).length / test.length
  }

  it('of a random fifth of the films .70 have a sibling in the rest (E: ¼·.8 + ½·(1 − .2³) = .696)', () => {
    const shares = Array.from({ length: 20 }, (_, repeat) => {
      const test = new Set(
        rng('split')
          .fork(repeat)
          .permutation(FILMS)
          .subarray(0, FILMS / 5),
      )
      return withSibling((film) => test.has(film))
    })
    expect(Math.abs(mean(shares) - (0.25 * 0.8 + 0.5 * (1 - 0.2 ** 3)))).toBeLessThan(0.02)
  })

  it('a split by patient leaves none', () => {
    const films = cohort.map(({ filmId: film, patientId: patient, view, sex, age, class: label }) => ({
      film,
      patient,
      patientKnown: true,
      view,
      sex,
      age,
      class: label,
      target: label === 'Lung Opacity' ? 1 : 0,
    }))
    const rows = splitCohort({ cohort: films, labels: films, folds: 5, fold: 0, holdOut: 0, validation: 0.1, seed: 7 })
    const part = new Map(rows.map((row) => [row.film, row.part]))
    const inTest = (i: number): boolean => part.get(cohort[i]!.filmId) === 'test'
    expect(cohort.filter((_, i) => inTest(i)).length / FILMS).toBeCloseTo(0.2, 1)
    expect(withSibling(inTest)).toBe(0)
  })
})

describe('distance to the nearest film', () => {
  const SEED = 7
  const SIZE = 64
  const SEEN = 32
  const N = 32
  const ALARM = 0.2
  const indices = indicesOf(SEED, 'Normal', 3 * N)
  const rendered = (index: number, noise: number): Float32Array =>
    unitFilm(renderFilm({ seed: SEED, index, size: SIZE, bits: 16, noise }).pixels)
  const films = indices.map((index) => rendered(index, 1))

  /** What a generator makes that has seen the held-out patients: their films through other photons. */
  const again = films.slice(N, 2 * N).map((film, i) => otherNoise(film, rendered(indices[N + i]!, 0), SIZE))
  const small = thumbnails(
    [...films, ...again].map((pixels) => ({ pixels, height: SIZE, width: SIZE })),
    { size: SEEN, standardise: true },
  )
  const part = (k: number): number[] => Array.from({ length: N }, (_, i) => k * N + i)
  const [train, heldOut, honest, leaky] = [part(0), part(1), part(2), part(3)]
  const chosen = (which: readonly number[]): Thumbnails => {
    const values = new Float32Array(which.length * SEEN ** 2)
    which.forEach((film, i) =>
      values.set(small.values.subarray(film * SEEN ** 2, (film + 1) * SEEN ** 2), i * SEEN ** 2),
    )
    return { values, count: which.length, size: SEEN }
  }
  /** To the nearest of the pool, root mean square in standard deviations of a film. */
  const distances = (made: readonly number[], pool: readonly number[]): number[] =>
    Array.from(nearestThumbnails(chosen(made), chosen(pool)).distances, (distance) => distance / SEEN)
  const nearerToHeldOut = (made: readonly number[], trained = train, held = heldOut): number => {
    const toTrained = distances(made, trained)
    return distances(made, held).filter((distance, i) => distance < toTrained[i]!).length / made.length
  }

  it('other patients are nearer to held-out films as often as to training films', () => {
    // .44 here, standard error .09; E .5 over ways to deal the films (document: .494)
    const shares = Array.from({ length: 6 }, (_, repeat) => {
      const dealt = rng('deal')
        .fork(repeat)
        .shuffle([...train, ...heldOut, ...honest])
      return nearerToHeldOut(dealt.slice(0, N), dealt.slice(N, 2 * N), dealt.slice(2 * N))
    })
    expect(Math.abs(mean(shares) - 0.5)).toBeLessThan(0.12)
    expect(Math.abs(nearerToHeldOut(honest) - 0.5)).toBeLessThan(0.2)
  })

  it('seen patients always are', () => {
    expect(nearerToHeldOut(leaky)).toBe(1)
  })

  it('distances .004 of seen and .44 of other patients (document: .009 and .396) tell all of them: AUC 1', () => {
    const [seenBefore, other] = [distances(leaky, heldOut), distances(honest, heldOut)]
    expect(mean(seenBefore)).toBeLessThan(0.01)
    expect(mean(seenBefore)).toBeGreaterThan(0.001) // the photons are other ones
    expect(Math.abs(mean(other) - 0.44)).toBeLessThan(0.05)
    const near = [...seenBefore, ...other].map((distance) => -distance)
    expect(
      aucScore(
        near,
        near.map((_, i) => i < N),
      ),
    ).toBe(1)
  })

  it('the alarm at .2 lies between: no other patient is nearer than .24 (document: .247)', () => {
    expect(Math.max(...distances(leaky, heldOut))).toBeLessThan(ALARM)
    for (const pool of [train, heldOut]) expect(Math.min(...distances(honest, pool))).toBeGreaterThan(ALARM)
  })
})
