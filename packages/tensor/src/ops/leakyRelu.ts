// Leaky rectifier with its gradient, to any order: tfjs's own throws inside a gradient penalty. Used by discriminators.
import { add, customGrad, mul, relu, zerosLike, type Tensor } from '@tensorflow/tfjs-core'
import { executeKernel1 } from '../compile/executeKernel.ts'
import type { NodeBackend } from '../compile/nodeBinding.ts'
import { nodeBackend } from '../compile/nodeBinding.ts'

/** dy where x > 0, alpha dy elsewhere; linear in dy, constant in x almost everywhere. */
const backward = (on: NodeBackend, dy: Tensor, x: Tensor, alpha: number): Tensor =>
  customGrad((g, features, save) => {
    ;(save as (tensors: Array<Tensor>) => void)([features as Tensor])
    return {
      value: executeKernel1(on, 'LeakyReluGrad', { alpha: { float: alpha } }, [g as Tensor, features as Tensor]),
      gradFunc: (ddx, [saved]) => [backward(on, ddx, saved as Tensor, alpha), zerosLike(saved as Tensor)],
    }
  })(dy, x)

/** The same from a rectifier: for other backends, and what the kernel is tested against. */
export const leakyReluPortable = (x: Tensor, alpha: number): Tensor => add(mul(x, alpha), mul(relu(x), 1 - alpha))

/**
 * x where x > 0, alpha x elsewhere. Differentiable to any order; the gradient at 0 is alpha, as in PyTorch.
 * @param alpha in [0, 1)
 */
export const leakyRelu = (x: Tensor, alpha: number): Tensor => {
  const on = nodeBackend()
  if (!on) return leakyReluPortable(x, alpha)
  return customGrad((input, save) => {
    ;(save as (tensors: Array<Tensor>) => void)([input as Tensor])
    return {
      value: executeKernel1(on, 'LeakyRelu', { alpha: { float: alpha } }, [input as Tensor]),
      gradFunc: (dy, [saved]) => backward(on, dy, saved as Tensor, alpha),
    }
  })(x)
}
