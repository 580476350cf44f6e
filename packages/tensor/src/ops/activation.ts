// The (leaky) ReLU that norms and `affine` end with, and what its gradient is made of, in differentiable ops. Used where a kernel
// of ours has none: on other backends and inside gradient penalties.
import { add, mul, relu, reshape, step, sum, type Tensor } from '@tensorflow/tfjs-core'
import { leakyReluPortable } from './leakyRelu.ts'

/** @param slope below 0: 1 is none, 0 is ReLU */
export const activated = (z: Tensor, slope: number): Tensor => {
  if (slope === 1) return z
  return slope === 0 ? relu(z) : leakyReluPortable(z, slope)
}

/** dy act'(z). @param z is asked for where there is an activation */
export const beforeActivation = (dy: Tensor, z: () => Tensor, slope: number): Tensor =>
  slope === 1 ? dy : mul(dy, add(mul(step(z()), 1 - slope), slope))

/** The sum of each channel: [B, …, C] → [C]. */
export const sumPerChannel = (t: Tensor): Tensor => sum(reshape(t, [-1, t.shape.at(-1) as number]), 0)
