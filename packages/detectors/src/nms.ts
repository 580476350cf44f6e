// Greedy non-maximum suppression on decoded boxes, outside the graph. Used by detection and by anyone with boxes and
// scores. Index-equal to torchvision.ops.nms on distinct scores (fixture); equal scores keep their order here.
import type { Box } from '@radiograft/geometry'
import { boxIou } from '@radiograft/geometry'
import { DetectorError } from './DetectorError.ts'

/**
 * The boxes that stay, of indices by falling score: each removes all later ones with IoU **greater than** the threshold.
 * @param boxAt is asked for no box behind the last that stays; `undefined` for one that is none
 */
export const suppress = (
  order: Iterable<number>,
  boxAt: (index: number) => Box | undefined,
  iouThreshold: number,
  limit = Infinity,
): ReadonlyArray<{ readonly index: number; readonly box: Box }> => {
  const kept: Array<{ readonly index: number; readonly box: Box }> = []
  for (const index of order) {
    if (kept.length >= limit) break
    const box = boxAt(index)
    if (box && kept.every((other) => boxIou(other.box, box) <= iouThreshold)) kept.push({ index, box })
  }
  return kept
}

/** Indices of scores by falling score, equal ones by rising index. @throws DetectorError on NaN */
export const byFallingScore = (indices: ReadonlyArray<number>, scores: ArrayLike<number>): ReadonlyArray<number> => {
  for (const index of indices)
    if (Number.isNaN(scores[index])) throw new DetectorError('nms', `score ${index} is NaN: did training diverge?`)
  return indices.toSorted((a, b) => scores[b]! - scores[a]! || a - b)
}

/**
 * Indices of the boxes that stay, by falling score.
 * @param scores one a box, none NaN
 * @param limit keep at most this many @default all
 */
export const nms = (
  boxes: ReadonlyArray<Box>,
  scores: ArrayLike<number>,
  iouThreshold: number,
  limit = Infinity,
): ReadonlyArray<number> => {
  if (scores.length !== boxes.length) {
    throw new DetectorError('nms', `${scores.length} scores for ${boxes.length} boxes`)
  }
  const order = byFallingScore(
    boxes.map((_, i) => i),
    scores,
  )
  return suppress(order, (i) => boxes[i], iouThreshold, limit).map(({ index }) => index)
}
