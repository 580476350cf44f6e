// Bilinear warp of one film by an affine map, on plain arrays: the reference for the tensor warps of align, and what
// stages without tensors use. The same numbers as torch affine_grid + grid_sample, align_corners = false (fixture).
import { assertFilm, assertSize } from '../GeometryError.ts'
import type { Theta } from './Theta.ts'

/**
 * The film seen through theta: output pixel p takes the bilinear value of the input at theta(p).
 * @param pixels [height, width], row-major, any range
 * @param theta output to input, normalised
 * @param padding beyond the film: 'zeros' (blends towards 0 over the outer half pixel) or 'border' (the edge's value)
 * @param outHeight, outWidth size of the result, default the input's
 * @returns [outHeight, outWidth]
 */
export const warpFilm = (
  pixels: Float32Array,
  height: number,
  width: number,
  theta: Theta,
  padding: 'zeros' | 'border' = 'zeros',
  outHeight = height,
  outWidth = width,
): Float32Array => {
  assertFilm('warpFilm', pixels, height, width)
  assertSize('warpFilm', outHeight, outWidth)
  const border = padding === 'border'
  const at = (row: number, column: number): number =>
    row >= 0 && row < height && column >= 0 && column < width ? pixels[row * width + column]! : 0
  const out = new Float32Array(outHeight * outWidth)
  for (let i = 0; i < outHeight; i++) {
    const v = (2 * i + 1) / outHeight - 1 // normalised centre of output row i
    for (let j = 0; j < outWidth; j++) {
      const u = (2 * j + 1) / outWidth - 1
      // back to pixels, with whole numbers at pixel centres
      let x = ((theta[0] * u + theta[1] * v + theta[2] + 1) * width - 1) / 2
      let y = ((theta[3] * u + theta[4] * v + theta[5] + 1) * height - 1) / 2
      if (border) {
        x = Math.min(Math.max(x, 0), width - 1)
        y = Math.min(Math.max(y, 0), height - 1)
      }
      const left = Math.floor(x)
      const top = Math.floor(y)
      const fx = x - left
      const fy = y - top
      out[i * outWidth + j] =
        (1 - fy) * ((1 - fx) * at(top, left) + fx * at(top, left + 1)) +
        fy * ((1 - fx) * at(top + 1, left) + fx * at(top + 1, left + 1))
    }
  }
  return out
}
