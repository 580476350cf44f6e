/**
 * One graft as G8 does it: the donor's pixels copied into the film's boxes, then blended. The stage runs it a film at a
 * time; `pasted` is the control arm "paste without blending" (papers.md, G).
 */
import { boxMask, type Box } from '@radiograft/geometry'
import type { FilmPixels, PoissonOptions } from '../poisson/correction.ts'
import { paste } from './paste.ts'
import { poissonGraft } from './poissonGraft.ts'

export interface GraftInput<T extends FilmPixels = Float32Array> {
  /** the recipient, [height, width], row-major, in [0, 1] */
  readonly film: T
  /** the donor, aligned with it, same size */
  readonly donor: FilmPixels
  /** where to graft, in pixels of both */
  readonly boxes: readonly Box[]
  readonly height: number
  readonly width: number
}

export interface Graft<T extends FilmPixels = Float32Array> {
  /** donor inside the boxes, film outside */
  readonly pasted: T
  /** donor's gradients inside, film outside, no seam; clamped to [0, 1] unless asked not to */
  readonly blended: T
  /** the grafted pixels, 1 inside */
  readonly mask: Uint8Array
}

/** @throws BlendError when sizes differ, or a film holds NaN */
export const graftFilm = <T extends FilmPixels>(
  { film, donor, boxes, height, width }: GraftInput<T>,
  options: PoissonOptions = {},
): Graft<T> => {
  const mask = boxMask(boxes, height, width)
  return {
    pasted: paste(film, donor, mask, height, width),
    blended: poissonGraft(donor, film, boxes, height, width, options),
    mask,
  }
}
