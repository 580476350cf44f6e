// Sampling grids of affine maps: the first half of a spatial transformer. Used by `align`.
import { matMul, reshape, tensor2d, tidy, transpose, type Tensor } from '@tensorflow/tfjs-core'

/** Normalised coordinate of pixel `i` of `n`: −1 and 1 are the outer edges of the film, or (`alignCorners`) the centres of its outer pixels. */
const coordinate = (i: number, n: number, alignCorners: boolean): number => {
  if (alignCorners) return n === 1 ? 0 : (2 * i) / (n - 1) - 1
  return (2 * i + 1) / n - 1
}

/**
 * Where each output pixel is read: `PyTorch`'s `affine_grid`. Differentiable in `theta`.
 * @param theta [B, 2, 3]: rows give x and y of the moving film from (x, y, 1) of the output, all normalised to [−1, 1]
 * @param alignCorners @default false
 * @returns [B, height, width, 2], x before y
 */
export const affineGrid = (theta: Tensor, height: number, width: number, alignCorners = false): Tensor =>
  tidy(() => {
    const [batch = 0] = theta.shape
    const base = new Float32Array(height * width * 3)
    for (let y = 0, at = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        base[at++] = coordinate(x, width, alignCorners)
        base[at++] = coordinate(y, height, alignCorners)
        base[at++] = 1
      }
    }
    // One product for the batch: [HW, 3] · [2B, 3]ᵀ, because tfjs does not sum the gradient of a broadcast batch axis.
    const flat = matMul(tensor2d(base, [height * width, 3]), reshape(theta, [2 * batch, 3]) as never, false, true)
    return reshape(transpose(reshape(flat, [height * width, batch, 2]), [1, 0, 2]), [batch, height, width, 2])
  })
