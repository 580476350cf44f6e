/** Overlap of every prediction with every truth box of a film, as the matcher wants it: IoU, and COCO's own for crowds. */
import { boxArea, iouMatrix, type Box } from '@radiograft/geometry'

/**
 * Element `p * truth.length + g` is the IoU of prediction p and truth box g; where `crowd[g]` is 1, the part of the
 * prediction that lies in the crowd (intersection over the prediction's own area, as pycocotools), 0 for an empty one.
 */
export const overlaps = (preds: readonly Box[], truth: readonly Box[], crowd: Uint8Array | undefined): Float64Array => {
  const values = iouMatrix(preds, truth)
  if (!crowd) return values
  truth.forEach((box, g) => {
    if (crowd[g] === 0) return
    preds.forEach((pred, p) => (values[p * truth.length + g] = partInside(pred, box)))
  })
  return values
}

const partInside = (pred: Box, crowd: Box): number => {
  const width = Math.min(pred[2], crowd[2]) - Math.max(pred[0], crowd[0])
  const height = Math.min(pred[3], crowd[3]) - Math.max(pred[1], crowd[1])
  return width > 0 && height > 0 ? (width * height) / boxArea(pred) : 0
}
