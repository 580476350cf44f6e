/**
 * The blending step of G8 for a film and its boxes: every box that stands alone by the direct solver, boxes that
 * overlap or touch as one region by the iterative one. `graftFilm` calls it.
 */
import { boxMask, type Box } from '@radiograft/geometry'
import { assertPixels } from '../BlendError.ts'
import type { FilmPixels, PoissonOptions } from '../poisson/correction.ts'
import { maskRegions } from '../poisson/maskRegions.ts'
import { poissonBlend } from '../poisson/poissonBlend.ts'
import { boxPixels, touch, type Rectangle } from '../poisson/boxPixels.ts'
import { blendRectangle } from '../poisson/poissonBlendBox.ts'

/**
 * @param source the donor, [height, width], row-major, in [0, 1], aligned with the target
 * @param target the recipient, same size; not changed
 * @param boxes in pixels of the films; parts beyond the film are left out
 * @param options clamp is on by default, for the result is a film
 * @returns a new film of the target's type, outside the boxes bit-identical to it
 * @throws BlendError when sizes differ, or a film holds NaN
 */
export const poissonGraft = <T extends FilmPixels>(
  source: FilmPixels,
  target: T,
  boxes: readonly Box[],
  height: number,
  width: number,
  options: PoissonOptions = {},
): T => {
  assertPixels('source', source, height, width)
  assertPixels('target', target, height, width)
  const filmOptions = { ...options, clamp: options.clamp ?? true }
  const blended = target.slice() as T
  const rectangles = boxes.map((box) => boxPixels(box, height, width)).filter((pixels) => pixels !== undefined)
  const together: Rectangle[] = []
  rectangles.forEach((rectangle, i) => {
    if (rectangles.some((other, j) => i !== j && touch(rectangle, other))) together.push(rectangle)
    else blendRectangle(blended, source, target, rectangle, height, width, filmOptions)
  })
  if (together.length === 0) return blended
  const mask = boxMask(together, height, width)
  for (const { pixels, rectangle } of maskRegions(mask, height, width)) {
    if (rectangle) {
      blendRectangle(blended, source, target, rectangle, height, width, filmOptions)
    } else {
      const alone = new Uint8Array(mask.length)
      for (const p of pixels) alone[p] = 1
      const region = poissonBlend(source, target, alone, height, width, filmOptions)
      for (const p of pixels) blended[p] = region[p]!
    }
  }
  return blended
}
