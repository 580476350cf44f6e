// Boxes to pixels: which pixels of a film a set of boxes covers. Used by blend (what is grafted) and by mask losses.
import { assertSize } from '../GeometryError.ts'
import type { Box } from './Box.ts'

/** The first pixel whose centre is at or beyond the edge, held to the film. */
const first = (edge: number, size: number): number => Math.min(Math.max(Math.ceil(edge - 0.5), 0), size)

/**
 * The union of boxes as a mask [height, width], row-major: 1 where the pixel's centre (column + 1/2, row + 1/2) is in
 * some box (x0 <= centre < x1), else 0. Parts beyond the film are ignored.
 */
export const boxMask = (boxes: ReadonlyArray<Box>, height: number, width: number): Uint8Array => {
  assertSize('boxMask', height, width)
  const mask = new Uint8Array(height * width)
  for (const [x0, y0, x1, y1] of boxes) {
    const left = first(x0, width)
    const right = first(x1, width)
    const bottom = first(y1, height)
    if (right <= left) continue
    for (let row = first(y0, height); row < bottom; row++) mask.fill(1, row * width + left, row * width + right)
  }
  return mask
}
