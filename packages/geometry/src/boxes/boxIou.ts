// Intersection over union. Used by the detection metrics, non-maximum suppression and anchor matching (rows G17, G18).
// The same as torchvision.ops.box_iou (fixture), except that two empty boxes give 0 where torchvision gives NaN.
import { boxArea } from './Box.ts'
import type { Box } from './Box.ts'

/** Intersection over union of two boxes, in [0, 1]; 0 when they do not meet or both are empty. */
export const boxIou = (a: Box, b: Box): number => {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0])
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1])
  if (!(width > 0 && height > 0)) return 0
  const intersection = width * height
  return intersection / (boxArea(a) + boxArea(b) - intersection)
}

/** All pairs: element `i * b.length + j` is `boxIou(a[i], b[j])`. */
export const iouMatrix = (a: ReadonlyArray<Box>, b: ReadonlyArray<Box>): Float64Array => {
  const out = new Float64Array(a.length * b.length)
  for (let i = 0; i < a.length; i++) for (let j = 0; j < b.length; j++) out[i * b.length + j] = boxIou(a[i]!, b[j]!)
  return out
}
