// What each anchor of a film has to learn (row G18). Runs outside the compiled step, in batch assembly: the targets are
// dense, so the number of boxes never changes the graph. **A film without boxes gets all-negative targets** and is trained
// on, never skipped (row G17-2): most false positives are made on such films.
import type { Box } from '@radiograft/geometry'
import { boxIou, isEmptyBox } from '@radiograft/geometry'
import { defaultDeltaStd, encodeBox } from './boxDeltas.ts'
import { DetectorError } from './DetectorError.ts'

export interface AssignOptions {
  /** an anchor whose best IoU is below is negative @default .4 */
  readonly negativeBelow?: number
  /** at or above it is positive; between the two it is ignored @default .5 */
  readonly positiveFrom?: number
  /**
   * Also make the best anchor of every box positive, whatever its IoU (any above 0), so that no box goes unlearned. [6]
   * does not; 7 of 285 phantom boxes at 128² have no anchor at .5. @default false
   */
  readonly forceBest?: boolean
  /** @default (.1, .1, .2, .2) */
  readonly deltaStd?: readonly [number, number, number, number]
}

export interface Targets {
  /** [A]: 1 positive, 0 negative, −1 ignored */
  readonly labels: Float32Array
  /** [A, 4]: of positives the encoded box, elsewhere 0 */
  readonly deltas: Float32Array
  readonly positives: number
}

/**
 * @param anchors [A, 4] in pixels
 * @param boxes of one film, in pixels; may be none
 * @throws DetectorError when a box is empty: it has no logarithm, and nothing to learn
 */
export const assignTargets = (
  anchors: Float32Array,
  boxes: ReadonlyArray<Box>,
  { negativeBelow = 0.4, positiveFrom = 0.5, forceBest = false, deltaStd = defaultDeltaStd }: AssignOptions = {},
): Targets => {
  const empty = boxes.find(isEmptyBox)
  if (empty) throw new DetectorError('assignTargets', `the box [${empty.join(', ')}] is empty: drop it before training`)
  const count = anchors.length / 4
  const labels = new Float32Array(count)
  const deltas = new Float32Array(count * 4)
  const bestAnchor = new Int32Array(boxes.length).fill(-1)
  const bestOfBox = new Float64Array(boxes.length)
  let positives = 0
  const makePositive = (index: number, box: Box): void => {
    if (labels[index] !== 1) positives++
    labels[index] = 1
    deltas.set(encodeBox(anchorAt(anchors, index), box, deltaStd), 4 * index)
  }
  for (let i = 0; i < count; i++) {
    const anchor = anchorAt(anchors, i)
    let best = 0
    let match = -1
    for (let b = 0; b < boxes.length; b++) {
      const iou = boxIou(anchor, boxes[b]!)
      if (iou > best) {
        best = iou
        match = b
      }
      if (iou > bestOfBox[b]!) {
        bestOfBox[b] = iou
        bestAnchor[b] = i
      }
    }
    if (match >= 0 && best >= positiveFrom) makePositive(i, boxes[match]!)
    else if (best >= negativeBelow) labels[i] = -1
  }
  if (forceBest) for (let b = 0; b < boxes.length; b++) if (bestAnchor[b]! >= 0) makePositive(bestAnchor[b]!, boxes[b]!)
  return { labels, deltas, positives }
}

const anchorAt = (anchors: Float32Array, i: number): Box => [
  anchors[4 * i]!,
  anchors[4 * i + 1]!,
  anchors[4 * i + 2]!,
  anchors[4 * i + 3]!,
]
