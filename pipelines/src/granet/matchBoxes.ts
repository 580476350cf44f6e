// Which detections of one film hit a true box, and which true boxes are found: the RSNA metric's rule at one overlap, so
// that a figure shows what the score counts.
import { boxIou, type Box } from '@radiograft/geometry'

export interface BoxMatches {
  /** by detection, in the order given: it took a free true box */
  readonly hits: ReadonlyArray<boolean>
  /** by true box: some detection took it */
  readonly found: ReadonlyArray<boolean>
}

/**
 * In falling order of score each detection takes the free true box of largest IoU, if that is greater than `overlap`.
 * @param overlap the first of the metric's thresholds. @default 0.4
 */
export const matchBoxes = (
  detections: ReadonlyArray<{ readonly box: Box; readonly score: number }>,
  truth: ReadonlyArray<Box>,
  overlap = 0.4,
): BoxMatches => {
  const hits = detections.map(() => false)
  const found = truth.map(() => false)
  const order = detections.map((_, i) => i).toSorted((a, b) => detections[b]!.score - detections[a]!.score || a - b)
  for (const d of order) {
    let best = -1
    let most = overlap
    truth.forEach((box, t) => {
      const iou = boxIou(detections[d]!.box, box)
      if (found[t] || !(iou > most)) return
      best = t
      most = iou
    })
    if (best < 0) continue
    hits[d] = true
    found[best] = true
  }
  return { hits, found }
}
