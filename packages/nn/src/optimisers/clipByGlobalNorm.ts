// Gradient clipping by the norm of all gradients together, as torch's `clip_grad_norm_`.
import { squaredSum, withOpScope } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { Params } from '../Network.ts'

/**
 * The norm of all gradients together: a scalar, for the logs. Summed in order of names: a record may come back from a
 * compiled step in another order, and a float32 sum depends on it.
 */
export const globalNorm = (gradients: Params): Tensor =>
  withOpScope('globalNorm', () =>
    tf.sqrt(
      tf.addN(
        Object.keys(gradients)
          .toSorted()
          .map((name) => squaredSum(gradients[name]!)),
      ),
    ),
  )

/**
 * The factor of clipping, min(1, maxNorm / (norm + 1e-6)), and the norm *before* it. `adamStep` takes the factor along, which
 * saves reading and writing all gradients once more.
 */
export const clipFactor = (gradients: Params, maxNorm: number | Tensor): { factor: Tensor; norm: Tensor } => {
  const norm = globalNorm(gradients)
  return { factor: tf.minimum(tf.div(maxNorm, tf.add(norm, 1e-6)), 1), norm }
}

/**
 * All gradients times the factor of clipping.
 * @returns the clipped gradients and the norm *before* clipping
 */
export const clipByGlobalNorm = (gradients: Params, maxNorm: number | Tensor): { gradients: Params; norm: Tensor } => {
  const { factor, norm } = clipFactor(gradients, maxNorm)
  return { gradients: Object.fromEntries(Object.entries(gradients).map(([k, g]) => [k, tf.mul(g, factor)])), norm }
}
