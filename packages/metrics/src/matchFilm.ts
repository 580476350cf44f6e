/**
 * Matching of one film's predictions to its truth boxes, for every IoU threshold and every number of predictions
 * kept. `rsnaFilmScore` reads the last column, `tuneThreshold` reads all of them: with predictions in falling order
 * of score, a lower one never changes what the higher ones matched, so one pass serves a whole threshold grid.
 */
import { iouMatrix, type Box } from '@radiograft/geometry'
import { MetricError } from './MetricError.ts'
import type { RsnaProtocol } from './rsnaProtocol.ts'

/** One prediction: a box in pixels of its film and a score, higher is surer. */
export interface ScoredBox {
  readonly box: Box
  readonly score: number
}

export interface FilmMatches {
  /** scores in falling order, the order in which predictions were matched */
  readonly scores: readonly number[]
  readonly truths: number
  /** true positives at threshold `t` (index) when the first `kept` predictions are kept */
  readonly truePositives: (t: number, kept: number) => number
}

/** Falling score; equal scores by their coordinates, so that the order in which they were written does not matter. */
const bySure = (a: ScoredBox, b: ScoredBox): number => b.score - a.score || byPlace(a.box, b.box)

const byPlace = (a: Box, b: Box): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3]

export const matchFilm = (preds: readonly ScoredBox[], truth: readonly Box[], protocol: RsnaProtocol): FilmMatches => {
  if (preds.some((p) => Number.isNaN(p.score))) throw new MetricError('preds', 'a score is NaN: did training diverge?')
  const sorted = preds.toSorted(bySure)
  const confidenceFirst = protocol.order === 'confidence-first'
  const targets = confidenceFirst ? truth.toSorted(byPlace) : truth
  const iou = iouMatrix(
    sorted.map((p) => p.box),
    targets,
  )
  const hits = protocol.thresholds.map((t) =>
    confidenceFirst ? hitsBySure(iou, sorted.length, targets.length, t) : undefined,
  )
  return {
    scores: sorted.map((p) => p.score),
    truths: truth.length,
    truePositives: (t, kept) =>
      hits[t]?.[kept] ?? hitsByTruth(iou, targets.length, protocol.thresholds[t] ?? Number.NaN, kept),
  }
}

/** hits[kept] for kept = 0 … preds: each prediction takes the free target of largest IoU, if that is greater than t. */
const hitsBySure = (iou: Float64Array, preds: number, targets: number, t: number): Int32Array => {
  const free = new Uint8Array(targets).fill(1)
  const hits = new Int32Array(preds + 1)
  for (let p = 0; p < preds; p++) {
    let best = -1
    let most = t
    for (let g = 0; g < targets; g++) {
      const value = iou[p * targets + g]!
      if (free[g] === 1 && value > most) {
        most = value
        best = g
      }
    }
    if (best >= 0) free[best] = 0
    hits[p + 1] = hits[p]! + (best >= 0 ? 1 : 0)
  }
  return hits
}

/** The public kernel's loop, kept as it is: truth outside, ≥, first free prediction wins. */
const hitsByTruth = (iou: Float64Array, targets: number, t: number, kept: number): number => {
  const free = new Uint8Array(kept).fill(1)
  let hits = 0
  for (let g = 0; g < targets; g++) {
    for (let p = 0; p < kept; p++) {
      if (free[p] === 1 && iou[p * targets + g]! >= t) {
        free[p] = 0
        hits++
        break
      }
    }
  }
  return hits
}
