// Halving and doubling of films by boxes: mean of each box, and every pixel repeated. Each is the other's gradient up to a
// factor, so both are differentiable to any order, which tfjs's avgPool and resizeNearestNeighbor are not.
// Used by progressive GANs (also under a gradient penalty), feature pyramids and multi-scale metrics.
import { customGrad, mean, mul, reshape, tensor1d, tile, type Tensor } from '@tensorflow/tfjs-core'
import { executeKernel1 } from '../compile/executeKernel.ts'
import { nodeBackend } from '../compile/nodeBinding.ts'

type Shape4 = [number, number, number, number]

const checkFactor = (x: Tensor, factor: number, divides: boolean): void => {
  const [, height = 0, width = 0] = x.shape
  const fits = !divides || (height % factor === 0 && width % factor === 0)
  if (x.rank !== 4 || !Number.isInteger(factor) || factor < 1 || !fits) {
    throw new RangeError(
      `a film batch [B, H, W, C] with H and W divisible by a whole factor is needed, got [${x.shape.join(', ')}] and ${factor}`,
    )
  }
}

/** For other backends, and what the kernels are tested against. */
export const boxDownsamplePortable = (x: Tensor, factor: number): Tensor => {
  const [b, h, w, c] = x.shape as Shape4
  return mean(reshape(x, [b, h / factor, factor, w / factor, factor, c]), [2, 4])
}

export const boxUpsamplePortable = (x: Tensor, factor: number): Tensor => {
  const [b, h, w, c] = x.shape as Shape4
  const wide = tile(reshape(x, [b * h * w, 1, c]), [1, factor, 1])
  return reshape(tile(reshape(wide, [b * h, 1, w * factor * c]), [1, factor, 1]), [b, h * factor, w * factor, c])
}

/**
 * The mean of each factor × factor box (area resampling by a whole factor).
 * @param x [B, H, W, C], H and W divisible by `factor`
 * @returns [B, H / factor, W / factor, C]
 */
export const boxDownsample = (x: Tensor, factor: number): Tensor => {
  checkFactor(x, factor, true)
  const on = nodeBackend()
  if (!on) return boxDownsamplePortable(x, factor)
  const window = [1, factor, factor, 1]
  return customGrad((input) => ({
    value: executeKernel1(on, 'AvgPool', { ksize: window, strides: window, padding: 'VALID', data_format: 'NHWC' }, [
      input as Tensor,
    ]),
    gradFunc: (dy) => mul(boxUpsample(dy, factor), 1 / factor ** 2),
  }))(x)
}

/**
 * Every pixel repeated factor × factor times (nearest neighbour by a whole factor).
 * @param x [B, H, W, C]
 * @returns [B, H · factor, W · factor, C]
 */
export const boxUpsample = (x: Tensor, factor: number): Tensor => {
  checkFactor(x, factor, false)
  const on = nodeBackend()
  if (!on) return boxUpsamplePortable(x, factor)
  return customGrad((input) => {
    const [, h, w] = (input as Tensor).shape as Shape4
    const size = tensor1d([h * factor, w * factor], 'int32')
    const value = executeKernel1(on, 'ResizeNearestNeighbor', { align_corners: false, half_pixel_centers: false }, [
      input as Tensor,
      size,
    ])
    size.dispose()
    return { value, gradFunc: (dy) => mul(boxDownsample(dy, factor), factor ** 2) }
  })(x)
}
