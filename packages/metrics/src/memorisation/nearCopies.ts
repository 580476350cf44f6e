/**
 * Which samples lie so near a training film that an unseen patient's film hardly ever does (P10). What is near depends on features
 * and films, so films held out from training set the scale: a generator that learned the distribution gives samples as far from
 * training films as these are, one that learned films gives nearer ones.
 *
 *   p_j = (1 + #{held-out films with d ≤ d_j}) / (1 + n),   near copy: p_j ≤ rate
 *
 * d is the distance to the nearest training film. This is a conformal p-value (Bates, Candès, Lei, Romano, Sesia 2023, Annals of
 * Statistics 51:149): a sample that is exchangeable with the held-out films is called a near copy with chance `rate` at most, in any
 * feature space, whatever the distribution. The same comparison over all samples is the test of Meehan, Chaudhuri and Dasgupta
 * (2020, AISTATS), which `memorisationReport` adds.
 */
import { MetricError } from '../MetricError.ts'

export interface NearCopies {
  /** [samples] */
  readonly p: Float64Array
  /** [samples] */
  readonly near: ReadonlyArray<boolean>
  /** a sample is a near copy when it is nearer to a training film than this: the k-th smallest held-out distance */
  readonly threshold: number
  /** k = ⌊rate · (n + 1)⌋ */
  readonly rank: number
}

/**
 * @param toTraining [samples] distance of each sample to its nearest training film
 * @param heldOutToTraining [n] the same of films whose patients are not in training
 * @param rate the share of honest samples that may be called near copies
 * @throws MetricError when there are too few held-out films for the rate, or so many of them are training films themselves that no
 * sample could be nearer
 */
export const nearCopies = (toTraining: Float64Array, heldOutToTraining: Float64Array, rate: number): NearCopies => {
  if (!(rate > 0 && rate < 1)) throw new MetricError('rate', `must be inside (0, 1), got ${rate}`)
  const n = heldOutToTraining.length
  if (![...toTraining, ...heldOutToTraining].every((d) => d >= 0))
    throw new MetricError('toTraining, heldOutToTraining', 'distances must be zero or more')
  const rank = Math.floor(rate * (n + 1) + 1e-9) // a product such as .29 · 100 falls short of 29 by rounding
  if (rank < 1)
    throw new MetricError(
      'heldOutToTraining',
      `${n} held-out films cannot show a rate of ${rate}: give ${Math.ceil(1 / rate) - 1} or more, or a greater rate`,
    )
  const sorted = heldOutToTraining.toSorted()
  const threshold = sorted[rank - 1]!
  if (threshold === 0)
    throw new MetricError(
      'heldOutToTraining',
      `${rank} held-out films have distance 0: they are training films, remove duplicates from one side`,
    )
  return {
    p: toTraining.map((d) => (1 + atMost(sorted, d)) / (1 + n)),
    near: Array.from(toTraining, (d) => d < threshold),
    threshold,
    rank,
  }
}

/** How many are ≤ value. */
const atMost = (sorted: Float64Array, value: number): number => {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! <= value) low = middle + 1
    else high = middle
  }
  return low
}
