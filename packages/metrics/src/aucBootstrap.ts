/**
 * AUC with an interval over patients: in every resample a patient counts as often as it is drawn, with all its films (G29).
 * The value is `aucScore`'s. Used where a classifier's scores are judged, as by the audit of grafted films.
 */
import type { Rng } from '@radiograft/random'
import { aucScore } from './aucScore.ts'
import { MetricError } from './MetricError.ts'
import { numberPatients, resamplePatients, type BootstrapOptions, type Interval } from './resamplePatients.ts'
import { weightedAuc } from './weightedAuc.ts'

export interface AucFilms {
  /** `patients[i]` owns film i */
  readonly patients: readonly string[]
  /** higher means positive */
  readonly scores: readonly number[]
  /** non-zero or true is positive */
  readonly labels: readonly (number | boolean)[]
}

/**
 * A resample in which one class is missing has no AUC and is left out (`emptyResamples`).
 * @throws MetricError when lengths differ, a score is NaN, or only one class is there
 */
export const aucBootstrap = (
  { patients, scores, labels }: AucFilms,
  rng: Rng,
  options: BootstrapOptions = {},
): Interval => {
  if (patients.length !== scores.length)
    throw new MetricError('patients', `${patients.length} for ${scores.length} scores: give one a film`)
  aucScore(scores, labels) // refuses what has no AUC
  const { owner, count } = numberPatients(patients)
  const auc = weightedAuc(scores, labels)
  const statistic = (weights: Float64Array): number => auc((film) => weights[owner[film]!]!)
  return resamplePatients({ count, seeds: 1, statistic }, rng, options)
}
