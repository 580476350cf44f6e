/**
 * AUC with an interval over patients: in every resample a patient counts as often as it is drawn, with all its films (G29).
 * The value is `aucScore`'s. Used where a classifier's scores are judged, as by the audit of grafted films.
 */
import type { Rng } from '@radiograft/random'
import { aucScore } from './aucScore.ts'
import { MetricError } from './MetricError.ts'
import { numberPatients, resamplePatients, type BootstrapOptions, type Interval } from './resamplePatients.ts'

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
  const statistic = auc(scores, labels, owner)
  return resamplePatients({ count, seeds: 1, statistic }, rng, options)
}

/** Mann-Whitney with a weight a film, equal scores counting a half: films are sorted once, each resample is one pass. */
const auc = (
  scores: readonly number[],
  labels: readonly (number | boolean)[],
  owner: Int32Array,
): ((weights: Float64Array) => number) => {
  const order = scores
    .map((_, i) => i)
    .toSorted((i, j) => (scores[i]! < scores[j]! ? -1 : scores[i]! > scores[j]! ? 1 : 0))
  return (weights) => {
    let [below, ordered, positives] = [0, 0, 0]
    for (let from = 0; from < order.length;) {
      let to = from
      let [up, down] = [0, 0]
      const score = scores[order[from]!]!
      while (to < order.length && scores[order[to]!] === score) {
        const film = order[to++]!
        const weight = weights[owner[film]!]!
        if (labels[film]) up += weight
        else down += weight
      }
      ordered += up * (below + down / 2)
      positives += up
      below += down
      from = to
    }
    return ordered / (positives * below) // 0 / 0 where one class was not drawn
  }
}
