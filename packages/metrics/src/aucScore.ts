/**
 * Area under the ROC curve: the share of (positive, negative) pairs that the score puts in the right order, equal
 * scores counting a half (Mann-Whitney). Film scores against labels, residual pixels against lesion masks (answer 5).
 */
import { MetricError } from './MetricError.ts'

/**
 * @param scores higher means positive; ties and ±Infinity allowed, NaN not
 * @param labels non-zero or true is positive, same length
 * @throws MetricError when lengths differ, a score is NaN, or only one class is there
 */
export const aucScore = (scores: ArrayLike<number>, labels: ArrayLike<number | boolean>): number => {
  const n = scores.length
  if (labels.length !== n) throw new MetricError('labels', `has ${labels.length} values for ${n} scores`)
  const order = Uint32Array.from({ length: n }, (_, i) => i).toSorted((i, j) => compare(scores[i]!, scores[j]!))
  let positives = 0
  let rankSum = 0
  for (let from = 0; from < n;) {
    let to = from
    let hits = 0
    const score = scores[order[from]!]!
    if (Number.isNaN(score)) throw new MetricError('scores', 'holds NaN')
    while (to < n && scores[order[to]!] === score) hits += labels[order[to++]!] ? 1 : 0
    positives += hits
    rankSum += hits * ((from + 1 + to) / 2) // equal scores share the mean of ranks from+1 … to
    from = to
  }
  const negatives = n - positives
  if (positives === 0 || negatives === 0) throw new MetricError('labels', 'holds one class only: AUC is not defined')
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives)
}

/** Rising; NaN last, and not by subtraction: ∞ − ∞ is NaN. */
const compare = (a: number, b: number): number =>
  a < b ? -1 : a > b ? 1 : Number(Number.isNaN(a)) - Number(Number.isNaN(b))
