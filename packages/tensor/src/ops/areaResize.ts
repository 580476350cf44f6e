// Films of another size as two matrix products: the exact area average when shrinking, for any ratio, and bilinear with
// half-pixel centres when growing. The same definition as `resizeArea` of @radiograft/geometry, inside a graph. Used by
// exported models, which take films as they are stored.
import { matMul, reshape, tensor2d, transpose, type Tensor } from '@tensorflow/tfjs-core'

/** Row i holds the weights of the inputs in output i. */
const weights = (from: number, to: number): Float32Array => {
  const table = new Float32Array(from * to)
  for (let i = 0; i < to; i++) {
    if (to <= from) {
      // In units of 1/to input pixels all is whole: output i covers [i from, (i + 1) from).
      for (let k = Math.floor((i * from) / to); k * to < (i + 1) * from; k++)
        table[i * from + k] = (Math.min((i + 1) * from, (k + 1) * to) - Math.max(i * from, k * to)) / from
    } else {
      const centre = Math.min(Math.max(((i + 0.5) * from) / to - 0.5, 0), from - 1)
      const first = Math.min(Math.floor(centre), Math.max(from - 2, 0))
      table[i * from + first] = 1 - (centre - first)
      if (from > 1) table[i * from + first + 1] = centre - first
    }
  }
  return table
}

/**
 * Each film, each channel by itself; the mean is kept when shrinking, the range always.
 * @param x [B, H, W, C]
 * @returns [B, height, width, C]
 */
export const areaResize = (x: Tensor, height: number, width: number): Tensor => {
  const [batch, h, w, channels] = x.shape as [number, number, number, number]
  if (h === height && w === width) return x.clone()
  // [H, W, C] of one film as a matrix [H, W·C], multiplied from the left; then [W, h·C] likewise.
  const rows = matMul(
    tensor2d(weights(h, height), [height, h]),
    reshape(transpose(x, [1, 0, 2, 3]), [h, batch * w * channels]),
  )
  const turned = transpose(reshape(rows, [height, batch, w, channels]), [2, 1, 0, 3])
  const columns = matMul(tensor2d(weights(w, width), [width, w]), reshape(turned, [w, batch * height * channels]))
  return transpose(reshape(columns, [width, batch, height, channels]), [1, 2, 0, 3])
}
