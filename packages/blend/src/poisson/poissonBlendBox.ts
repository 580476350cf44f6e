/**
 * Poisson blending inside one rectangle, by a direct solve in float64: the lesion boxes of G8, nearly all of which stand
 * alone. `poissonGraft` calls it for every box that touches no other.
 */
import { boxMask, type Box } from '@radiograft/geometry'
import { assertPixels } from '../BlendError.ts'
import { rightHandSide, writeCorrection, type FilmPixels, type PoissonOptions } from './correction.ts'
import { maskRegions } from './maskRegions.ts'
import { solveBox } from './solveBox.ts'

/**
 * `poissonBlend` with the box as mask, exact to rounding. Where the box touches the film's edge no value is held there
 * (Neumann); a box over the whole film gives the source, shifted to the target's mean; a box without any pixel centre
 * inside the film gives the target.
 * @param box in pixels of the film; a pixel belongs to it when its centre does
 * @param options clamp is off by default
 * @throws BlendError when sizes differ
 */
export const poissonBlendBox = <T extends FilmPixels>(
  source: FilmPixels,
  target: T,
  box: Box,
  height: number,
  width: number,
  options: PoissonOptions = {},
): T => {
  assertPixels('source', source, height, width)
  assertPixels('target', target, height, width)
  const mask = boxMask([box], height, width)
  const blended = target.slice() as T
  for (const { rectangle } of maskRegions(mask, height, width)) {
    if (rectangle) blendRectangle(blended, source, target, mask, rectangle, height, width, options)
  }
  return blended
}

/** First and one past the last column and row. */
export type Rectangle = readonly [x0: number, y0: number, x1: number, y1: number]

/** Solves one rectangle of `mask` that no other pixel of it touches, and writes it into `out`. */
export const blendRectangle = (
  out: FilmPixels,
  source: FilmPixels,
  target: FilmPixels,
  mask: Uint8Array,
  [x0, y0, x1, y1]: Rectangle,
  height: number,
  width: number,
  options: PoissonOptions,
): void => {
  const columns = x1 - x0
  const pixels = Int32Array.from(
    { length: columns * (y1 - y0) },
    (_, i) => (y0 + Math.floor(i / columns)) * width + x0 + (i % columns),
  )
  const b = rightHandSide(source, target, mask, pixels, height, width, options.guidance ?? 'source')
  const u = solveBox(b, y1 - y0, columns, { left: x0 === 0, right: x1 === width, top: y0 === 0, bottom: y1 === height })
  writeCorrection(out, u, source, target, pixels, options)
}
