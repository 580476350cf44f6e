/**
 * Poisson blending inside any mask, by an iterative solve in float64. `poissonGraft` calls it for boxes that overlap;
 * for a plain rectangle `poissonBlendBox` is the direct way.
 */
import { assertPixels, BlendError } from '../BlendError.ts'
import { rightHandSide, writeCorrection, type FilmPixels, type PoissonOptions } from './correction.ts'
import { solveBox } from './solveBox.ts'
import { solveMask } from './solveMask.ts'

export interface IterativeOptions extends PoissonOptions {
  /** relative residual ‖b − A u‖ / ‖b‖ at which to stop @default 1e-12 */
  readonly tolerance?: number
}

/**
 * The film whose gradients inside the mask are the source's and whose values around it are the target's.
 * @param source the film that lends its content, [height, width], row-major, in [0, 1]
 * @param target the film that receives it, same size; not changed
 * @param mask height × width, non-zero where to blend. Where it touches the film's edge no value is held there
 * (Neumann). A mask of the whole film has no held value at all: the result is then the source, shifted to the
 * target's mean
 * @param options clamp is off by default: the result is the operator's, linear in (source, target)
 * @returns a new film of the target's type, outside the mask bit-identical to it
 * @throws BlendError when sizes differ or a film holds NaN
 */
export const poissonBlend = <T extends FilmPixels>(
  source: FilmPixels,
  target: T,
  mask: Uint8Array,
  height: number,
  width: number,
  options: IterativeOptions = {},
): T => {
  assertPixels('source', source, height, width)
  assertPixels('target', target, height, width)
  assertPixels('mask', mask, height, width)
  const { guidance = 'source', tolerance = 1e-12 } = options
  if (!(tolerance > 0)) throw new BlendError('tolerance', `must be positive, got ${tolerance}`)
  const pixels = maskPixels(mask)
  const blended = target.slice() as T
  if (pixels.length === 0) return blended
  const b = rightHandSide(source, target, mask, pixels, height, width, guidance)
  const whole = pixels.length === mask.length
  const u = whole
    ? solveBox(b, height, width, { left: true, right: true, top: true, bottom: true })
    : solveMask(b, pixels, height, width, tolerance).u
  writeCorrection(blended, u, source, target, pixels, options)
  return blended
}

/** Film indices of the mask, rising. */
const maskPixels = (mask: Uint8Array): Int32Array => {
  let count = 0
  for (let i = 0; i < mask.length; i++) if (mask[i]) count++
  const pixels = new Int32Array(count)
  for (let i = 0, at = 0; i < mask.length; i++) if (mask[i]) pixels[at++] = i
  return pixels
}
