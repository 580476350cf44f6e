/**
 * The protocols of the RSNA detection metric (G23): which IoU thresholds, whether misses count, and in which order
 * predictions meet the truth. `rsnaFilmScore`, `rsnaAp` and `tuneThreshold` take these options; the name that a
 * protocol gets is the metric's name in every report, so that two protocols are never compared by accident.
 */
import type { MatchRule } from './matchFilm.ts'
import { iouThresholds, namedThresholds } from './iouThresholds.ts'

/**
 * - `confidence-first`: the official text. Predictions in falling order of score, each takes the free truth box of
 *   largest IoU, a hit needs IoU strictly greater than t.
 * - `ground-truth-first`: what the popular public kernel does. Truth boxes in file order, each takes the first free
 *   prediction by score with IoU ≥ t.
 */
export type RsnaOrder = 'confidence-first' | 'ground-truth-first'

export interface RsnaOptions {
  /** IoU thresholds, rising, each a whole number of hundredths. @default .40, .45, … .75 */
  readonly thresholds?: readonly number[]
  /** TP / (TP + FP + FN) when true, TP / (TP + FP) when false. @default true */
  readonly countFalseNegatives?: boolean
  /** @default 'confidence-first' */
  readonly order?: RsnaOrder
  /**
   * Without false negatives a film with truth and no prediction is 0/0. `zero` counts it as 0, as the official text
   * does for the full formula; `skip` leaves the film out, which rewards silence (pitfall 1). @default 'zero'
   */
  readonly silence?: 'zero' | 'skip'
}

export interface RsnaProtocol extends Required<RsnaOptions> {
  /** for example `ap-rsna-0.40:0.75`, `ap-rsna-0.40:0.60-noFN`, `ap-rsna-0.50` */
  readonly name: string
}

/**
 * Options with their defaults and the name that says them. A step other than the paper's (.05, or .10 without false
 * negatives) is written as a third number: `ap-rsna-0.40:0.60:0.10`.
 * @throws MetricError when a threshold is not a whole number of hundredths inside (0, 1], or they do not rise
 */
export const rsnaProtocol = (options: RsnaOptions = {}): RsnaProtocol => {
  const countFalseNegatives = options.countFalseNegatives ?? true
  const given = options.thresholds ?? (countFalseNegatives ? iouThresholds(0.4, 0.75, 0.05) : [0.4, 0.5, 0.6])
  const { thresholds, name: range } = namedThresholds(given, countFalseNegatives ? 5 : 10)
  const order = options.order ?? 'confidence-first'
  const silence = options.silence ?? 'zero'
  const name = [
    `ap-rsna-${range}`,
    countFalseNegatives ? '' : silence === 'zero' ? '-noFN' : '-noFN-skip',
    order === 'confidence-first' ? '' : '-gt-first',
  ].join('')
  return { name, thresholds, countFalseNegatives, order, silence }
}

/** How this protocol matches: IoU greater than t, equal scores by their place. */
export const rsnaRule = ({ thresholds, order }: RsnaProtocol): MatchRule => ({
  thresholds,
  order,
  hit: 'greater',
  ties: 'by-place',
})

/** Metric A of Table 1: .40:.05:.75 with false negatives. */
export const rsnaTable1 = rsnaProtocol()

/** Metric B of Table 2: .4, .5, .6 without false negatives. */
export const rsnaTable2 = rsnaProtocol({ countFalseNegatives: false })
