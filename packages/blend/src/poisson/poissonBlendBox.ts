/**
 * Poisson blending inside one rectangle, by a direct solve in float64: the lesion boxes of G8, nearly all of which stand
 * alone. `poissonGraft` calls it for every box that touches no other.
 */
import { boxMask, type Box } from '@radiograft/geometry'
import { assertPixels } from '../BlendError.ts'
import { rightHandSide, writeCorrection, type FilmPixels, type PoissonOptions } from './correction.ts'
import { boxPixels, type Rectangle } from './boxPixels.ts'
import { solveBox } from './solveBox.ts'
import { solveFrame } from './solveFrame.ts'

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
  const blended = target.slice() as T
  const rectangle = boxPixels(box, height, width)
  if (rectangle) blendRectangle(blended, source, target, rectangle, height, width, options)
  return blended
}

/** Solves one rectangle, and writes it into `out`. */
export const blendRectangle = (
  out: FilmPixels,
  source: FilmPixels,
  target: FilmPixels,
  [x0, y0, x1, y1]: Rectangle,
  height: number,
  width: number,
  options: PoissonOptions,
): void => {
  const [rows, columns] = [y1 - y0, x1 - x0]
  const free = { left: x0 === 0, right: x1 === width, top: y0 === 0, bottom: y1 === height }
  const { guidance = 'source', clamp = false } = options
  const base = guidance === 'zero' ? undefined : source
  if (guidance === 'mixed' || (free.left && free.right && free.top && free.bottom)) {
    const mask = boxMask([[x0, y0, x1, y1]], height, width)
    const pixels = new Int32Array(rows * columns)
    for (let i = 0, y = y0; y < y1; y++) for (let x = x0; x < x1; x++) pixels[i++] = y * width + x
    const b = rightHandSide(source, target, mask, pixels, height, width, guidance)
    writeCorrection(out, solveBox(b, rows, columns, free), source, target, pixels, options)
    return
  }
  /** target − base along one side, from film index `from` by `step` */
  const beyond = (from: number, step: number, length: number): Float64Array => {
    const values = new Float64Array(length)
    for (let i = 0, p = from; i < length; i++, p += step) values[i] = target[p]! - (base ? base[p]! : 0)
    return values
  }
  const u = solveFrame(
    {
      left: free.left ? undefined : beyond(y0 * width + x0 - 1, width, rows),
      right: free.right ? undefined : beyond(y0 * width + x1, width, rows),
      top: free.top ? undefined : beyond((y0 - 1) * width + x0, 1, columns),
      bottom: free.bottom ? undefined : beyond(y1 * width + x0, 1, columns),
    },
    rows,
    columns,
  )
  for (let i = 0, y = y0; y < y1; y++) {
    for (let p = y * width + x0, end = y * width + x1; p < end; p++) {
      const value = (base ? base[p]! : 0) + u[i++]!
      out[p] = clamp ? Math.min(Math.max(value, 0), 1) : value
    }
  }
}
