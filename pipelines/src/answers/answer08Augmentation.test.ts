// Phantom answer 8, augmentation: what 48 more positives are worth to a linear reader who has twelve, when they are other
// patients' lesions, the twelve's own pasted onto other patients, or no lesions at all under the label of one.
import { describe, expect, it } from '@jest/globals'
import { resizeArea } from '@radiograft/geometry'
import { aucScore } from '@radiograft/metrics'
import { rng } from '@radiograft/random'
import { SITE_SEED, sitedFilm, type SitedFilm } from './fixedSite.ts'
import { indicesOf } from './indicesOf.ts'
import { learnedTemplate, minus, score, whitenedTemplate, type Film } from './linearReader.ts'
import { mean, meanFilm } from './mean.ts'

const SIZE = 64
/** Readers see 32 × 32 films: the lesion is 7 by 15 of their pixels. */
const SEEN = 32
const RIDGE = 10
const DELTA = 0.97
const REPEATS = 20

const seen = (film: Film): Film => Float64Array.from(resizeArea(Float32Array.from(film), SIZE, SIZE, SEEN, SEEN))
const pool = indicesOf(SITE_SEED, 'Normal', 110).map((index): SitedFilm => {
  const { film, twin } = sitedFilm(index, SIZE, DELTA)
  return { film: seen(film), twin: seen(twin) }
})
const filmsOf = (patients: readonly SitedFilm[]): Film[] => patients.map(({ film }) => film)
const twinsOf = (patients: readonly SitedFilm[]): Film[] => patients.map(({ twin }) => twin)

/** Patients in other roles each time: 12 positives, 48 to augment with, 30 negatives, 20 to test on. */
const repeats = Array.from({ length: REPEATS }, (_, repeat) => {
  const patients = rng(SITE_SEED).fork('repeat').fork(repeat).shuffle(pool)
  const twelve = patients.slice(0, 12)
  const others = patients.slice(12, 60)
  const negatives = twinsOf(patients.slice(60, 90))
  const test = patients.slice(90)

  const lesions = twelve.map(({ film, twin }) => minus(film, twin))
  const pasted = others.map(({ twin }, i) => twin.map((v, k) => v + lesions[i % 12]![k]!))
  const auc = (weights: Film): number => {
    const scores = [...filmsOf(test), ...twinsOf(test)].map((film) => score(weights, film))
    return aucScore(
      scores,
      scores.map((_, i) => i < test.length),
    )
  }
  const trainedWith = (more: readonly Film[]): number =>
    auc(learnedTemplate([...filmsOf(twelve), ...more], negatives, RIDGE))
  return {
    alone: trainedWith([]),
    lesions: trainedWith(filmsOf(others)),
    pasted: trainedWith(pasted),
    nulls: trainedWith(twinsOf(others)),
    /** Knows the lesion and the anatomy of all patients who are not tested. */
    oracle: auc(whitenedTemplate(twinsOf(patients.slice(0, 90)), meanFilm(lesions), RIDGE)),
  }
})
type Arm = keyof (typeof repeats)[number]
const aucs = (arm: Arm): number[] => repeats.map((repeat) => repeat[arm])

describe('mean AUC of 20 repeats', () => {
  // document: .805, .737, .884, .894, .921, with another lesion and other numbers of films
  it.each([
    ['alone', 0.694, 0.05],
    ['nulls', 0.584, 0.05],
    ['lesions', 0.885, 0.03],
    ['pasted', 0.864, 0.03],
    ['oracle', 0.947, 0.03],
  ] as const)('%s: %f ± %f', (arm, measured, tolerance) => {
    expect(Math.abs(mean(aucs(arm)) - measured)).toBeLessThan(tolerance)
  })
})

describe('in the same repeats', () => {
  const gain = (better: Arm, worse: Arm): number[] => repeats.map((repeat) => repeat[better] - repeat[worse])
  const often = (gains: readonly number[]): number => gains.filter((v) => v > 0).length

  it('films without a lesion under the label of one do harm: .11 worse than no augmentation, in every repeat', () => {
    expect(mean(gain('alone', 'nulls'))).toBeGreaterThan(0.05)
    expect(often(gain('alone', 'nulls'))).toBeGreaterThanOrEqual(18)
  })

  it('48 more lesions help in every repeat, own or pasted', () => {
    for (const arm of ['lesions', 'pasted'] as const) {
      expect(often(gain(arm, 'alone'))).toBe(REPEATS)
      expect(mean(gain(arm, 'alone'))).toBeGreaterThan(0.1)
    }
  })

  it('no augmentation reaches the reader who knows the lesion', () => {
    for (const arm of ['lesions', 'pasted'] as const) expect(mean(gain('oracle', arm))).toBeGreaterThan(0.03)
  })

  it('pasted differences are worth what patients are: −.021, standard deviation .039 (document: −.009, .030)', () => {
    expect(Math.abs(mean(gain('pasted', 'lesions')))).toBeLessThan(0.04)
  })
})
