/**
 * The one matcher: a film's predictions against its truth boxes, for every IoU threshold. Its table is read by
 * `rsnaFilmScore` (one score a film), by `tuneThreshold` (the same for every number of predictions kept: a lower one
 * never changes what the higher ones matched) and by `poolMatches` (COCO's curve over films). Where RSNA and COCO differ
 * `MatchRule` says how; any table can be read by either.
 */
import { boxArea, type Box } from '@radiograft/geometry'
import { matchByTruth } from './matchByTruth.ts'
import { MetricError } from './MetricError.ts'
import { overlaps } from './overlaps.ts'
import type { RsnaOrder } from './rsnaProtocol.ts'

/** One prediction: a box in pixels of its film and a score, higher is surer. */
export interface ScoredBox {
  readonly box: Box
  readonly score: number
}

export interface MatchRule {
  /** IoU thresholds t */
  readonly thresholds: readonly number[]
  /** @default 'confidence-first' */
  readonly order?: RsnaOrder
  /**
   * - `greater` (RSNA): IoU > t; of truth boxes with equal IoU the first is taken.
   * - `at-least` (COCO): IoU ≥ min(t, 1 − 1e-10); of equals the last is taken, as pycocotools does.
   */
  readonly hit: 'greater' | 'at-least'
  /**
   * - `by-place` (RSNA): equal scores, and truth boxes, in order of their coordinates: no score depends on the order of writing.
   * - `as-written` (COCO): equal scores, and truth boxes, in the order given.
   */
  readonly ties: 'by-place' | 'as-written'
  /** only so many of the surest predictions @default all */
  readonly maxDetections?: number
  /** truth boxes, and unmatched predictions, with an area outside [least, most] are ignored @default none is */
  readonly area?: readonly [least: number, most: number]
}

export interface MatchTable {
  /** scores in falling order, the order in which predictions were matched */
  readonly scores: readonly number[]
  /** truth boxes that count: no crowds, none outside the area range */
  readonly truths: number
  /** [thresholds, scores]: 1 a hit, 0 a false alarm, −1 neither (on a crowd, or outside the area range) */
  readonly outcomes: Int8Array
  /** true positives at threshold `t` (index) when the first `kept` predictions are kept */
  readonly truePositives: (t: number, kept: number) => number
}

/** Falling score, without subtraction: ∞ − ∞ is NaN. */
const byScore = (a: ScoredBox, b: ScoredBox): number => (a.score > b.score ? -1 : Number(a.score < b.score))

const byPlace = (a: Box, b: Box): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3]

/** Falling score; equal scores by their coordinates, so that the order in which they were written does not matter. */
const bySure = (a: ScoredBox, b: ScoredBox): number => byScore(a, b) || byPlace(a.box, b.box)

/**
 * @param crowd one a truth box: true where a box stands for several findings, which any number of predictions may hit
 *   without counting for or against. RSNA has none. @default none
 */
export const matchFilm = (
  preds: readonly ScoredBox[],
  truth: readonly Box[],
  rule: MatchRule,
  crowd?: readonly boolean[],
): MatchTable => {
  if (preds.some((p) => Number.isNaN(p.score))) throw new MetricError('preds', 'a score is NaN: did training diverge?')
  const placed = rule.ties === 'by-place'
  const sorted = preds.toSorted(placed ? bySure : byScore).slice(0, rule.maxDetections)
  const targets = targetsOf(truth, rule, crowd)
  const boxes = sorted.map((p) => p.box)
  const iou = overlaps(boxes, targets.boxes, targets.crowd)
  const scores = sorted.map((p) => p.score)
  const { counted } = targets
  if (rule.order === 'ground-truth-first') {
    const hits = (t: number, kept: number): Int8Array => matchByTruth(iou, counted, rule.thresholds[t]!, kept)
    const outcomes = new Int8Array(rule.thresholds.length * scores.length)
    rule.thresholds.forEach((_, t) => outcomes.set(hits(t, scores.length), t * scores.length))
    return { scores, truths: counted, outcomes, truePositives: (t, kept) => hits(t, kept).reduce((s, h) => s + h, 0) }
  }
  const outside = rule.area && Uint8Array.from(boxes, (box) => Number(isOutside(box, rule.area!)))
  const { outcomes, hits } = matchBySure(iou, scores.length, targets, rule, outside)
  return { scores, truths: counted, outcomes, truePositives: (t, kept) => hits[t * (scores.length + 1) + kept]! }
}

interface Targets {
  /** boxes that count, then those that are ignored */
  readonly boxes: readonly Box[]
  readonly counted: number
  /** of the boxes above; undefined where there is none */
  readonly crowd: Uint8Array | undefined
}

const isOutside = (box: Box, [least, most]: readonly [number, number]): boolean => {
  const area = boxArea(box)
  return area < least || area > most
}

const targetsOf = (truth: readonly Box[], rule: MatchRule, crowd: readonly boolean[] | undefined): Targets => {
  if (crowd && crowd.length !== truth.length)
    throw new MetricError('crowd', `${crowd.length} flags for ${truth.length} truth boxes: give one each`)
  // the public kernel goes through the truth as it is written
  const placed = rule.ties === 'by-place' && rule.order !== 'ground-truth-first'
  if (!rule.area && !crowd?.includes(true))
    return { boxes: placed ? truth.toSorted(byPlace) : truth, counted: truth.length, crowd: undefined }
  const marked = truth.map((box, g) => {
    const isCrowd = crowd?.[g] === true
    return { box, isCrowd, ignored: isCrowd || (rule.area !== undefined && isOutside(box, rule.area)) }
  })
  if (placed) marked.sort((a, b) => byPlace(a.box, b.box))
  marked.sort((a, b) => Number(a.ignored) - Number(b.ignored))
  return {
    boxes: marked.map(({ box }) => box),
    counted: marked.filter(({ ignored }) => !ignored).length,
    crowd: Uint8Array.from(marked, ({ isCrowd }) => Number(isCrowd)),
  }
}

/**
 * Greedy: each prediction, in falling order of score, takes the free target of largest IoU; one that counts before one
 * that is ignored, whatever their IoU. `hits[t, kept]` counts the hits among the first `kept` = 0 … preds.
 */
const matchBySure = (
  iou: Float64Array,
  preds: number,
  { boxes, counted, crowd }: Targets,
  { thresholds, hit }: MatchRule,
  outside: Uint8Array | undefined,
): { outcomes: Int8Array; hits: Int32Array } => {
  const targets = boxes.length
  const orEqual = hit === 'at-least'
  const outcomes = new Int8Array(thresholds.length * preds)
  const hits = new Int32Array(thresholds.length * (preds + 1))
  const taken = new Uint8Array(targets)
  for (let t = 0; t < thresholds.length; t++) {
    taken.fill(0)
    const floor = orEqual ? Math.min(thresholds[t]!, 1 - 1e-10) : thresholds[t]!
    let found = 0
    for (let p = 0; p < preds; p++) {
      let best = -1
      let most = floor
      for (let g = 0; g < targets; g++) {
        if (taken[g] === 1) continue
        if (g >= counted && best >= 0 && best < counted) break
        const value = iou[p * targets + g]!
        if (value > most || (orEqual && value === most)) {
          most = value
          best = g
        }
      }
      if (best >= 0 && crowd?.[best] !== 1) taken[best] = 1
      const isHit = best >= 0 && best < counted
      found += Number(isHit)
      outcomes[t * preds + p] = isHit ? 1 : best >= 0 || outside?.[p] === 1 ? -1 : 0
      hits[t * (preds + 1) + p + 1] = found
    }
  }
  return { outcomes, hits }
}
