/**
 * AUC with a bootstrap interval over patients: in every resample a patient counts as often as it is drawn, with all its
 * films (G29). Used by `graftForensics`, where a patient owns an untouched film and its grafts.
 */
import { aucScore, MetricError } from '@radiograft/metrics'
import type { Rng } from '@radiograft/random'

export interface AucFilms {
  readonly patients: ReadonlyArray<string>
  /** higher means positive */
  readonly scores: ReadonlyArray<number>
  /** 1 or 0 */
  readonly labels: ReadonlyArray<number>
}

/**
 * @throws MetricError when only one class is there
 */
export const aucInterval = (
  { patients, scores, labels }: AucFilms,
  rng: Rng,
  { resamples = 2000 }: { readonly resamples?: number } = {},
): { readonly value: number; readonly low: number; readonly high: number } => {
  if (patients.length !== scores.length) throw new MetricError('patients', `${patients.length} for ${scores.length}`)
  const value = aucScore(scores, labels)
  const names = [...new Set(patients)].toSorted()
  const numberOf = new Map(names.map((name, i) => [name, i]))
  // ascending by score: one pass a resample then counts the pairs in order
  const order = scores.map((_, i) => i).toSorted((i, j) => scores[i]! - scores[j]!)
  const owner = order.map((i) => numberOf.get(patients[i]!)!)
  const drawn: number[] = []
  for (let r = 0; r < resamples; r++) {
    const weights = new Float64Array(names.length)
    for (const patient of rng.ints(names.length, 0, names.length)) weights[patient]! += 1
    const auc = weightedAuc(order, owner, weights, scores, labels)
    if (Number.isFinite(auc)) drawn.push(auc)
  }
  const sorted = Float64Array.from(drawn).toSorted()
  return { value, low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) }
}

/** Mann-Whitney with a weight a film, equal scores counting a half. */
const weightedAuc = (
  order: ReadonlyArray<number>,
  owner: ReadonlyArray<number>,
  weights: Float64Array,
  scores: ReadonlyArray<number>,
  labels: ReadonlyArray<number>,
): number => {
  let [below, ordered, positives] = [0, 0, 0]
  for (let from = 0; from < order.length;) {
    let to = from
    let [up, down] = [0, 0]
    const score = scores[order[from]!]!
    while (to < order.length && scores[order[to]!] === score) {
      const weight = weights[owner[to]!]!
      if (labels[order[to]!]) up += weight
      else down += weight
      to += 1
    }
    ordered += up * (below + down / 2)
    positives += up
    below += down
    from = to
  }
  return ordered / (positives * below)
}

/** Linear between order statistics. */
const quantile = (sorted: Float64Array, q: number): number => {
  const at = q * (sorted.length - 1)
  const [lower, upper] = [Math.floor(at), Math.ceil(at)]
  return sorted[lower]! + (at - lower) * (sorted[upper]! - sorted[lower]!)
}
