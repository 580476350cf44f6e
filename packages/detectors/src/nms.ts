// Greedy non-maximum suppression on decoded boxes, outside the graph. Used by detection and by anyone with boxes and
// scores. Index-equal to torchvision.ops.nms on distinct scores (fixture); equal scores keep their order here.
import type { Box } from '@radiograft/geometry'
import { boxIou } from '@radiograft/geometry'
import { DetectorError } from './DetectorError.ts'

/**
 * Indices of the boxes that stay, by falling score: each box removes all later ones with IoU **greater than** the threshold.
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
  const order = boxes.map((_, i) => i).toSorted((a, b) => scores[b]! - scores[a]! || a - b)
  const kept: number[] = []
  for (const index of order) {
    if (kept.length >= limit) break
    if (Number.isNaN(scores[index])) throw new DetectorError('nms', `score ${index} is NaN: did training diverge?`)
    if (kept.every((other) => boxIou(boxes[other]!, boxes[index]!) <= iouThreshold)) kept.push(index)
  }
  return kept
}
