// Batch normalisation with torch's conventions: momentum .1 is the share of the new batch, the running variance is the
// unbiased one, the batch is normalised by the biased one. Parameters: `weight`, `bias`, `running_mean`, `running_var`, all
// [C]. Running statistics come back as updates; frozen, or outside training, they are plain inputs.
import { affine, normalise } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import { ones, zeros } from '../initialisers/constants.ts'
import type { Layer } from '../Network.ts'
import { NetworkError } from '../NetworkError.ts'
import { param } from '../params/param.ts'

export type BatchNormOptions = {
  readonly channels: number
  /** Share of the batch in the new running statistics. @default .1 */
  readonly momentum?: number
  /** @default 1e-5 */
  readonly eps?: number
  /** Use running statistics even while training, and leave them; scale and shift still have gradients. @default false */
  readonly frozen?: boolean
  /** Slope below 0 of a ReLU that is part of this layer: 0 is ReLU; in the same pass over memory. @default 1, none */
  readonly slope?: number
}

const blend = (old: tf.Tensor, now: tf.Tensor, share: number): tf.Tensor =>
  tf.add(tf.mul(old, 1 - share), tf.mul(now, share))

/**
 * x `[B, H, W, C]` or `[B, C]` → the same shape.
 * @throws NetworkError while training on one value a channel, which has no unbiased variance
 */
export const batchNorm = ({
  channels,
  momentum = 0.1,
  eps = 1e-5,
  frozen = false,
  slope = 1,
}: BatchNormOptions): Layer => ({
  init: (rng) => ({
    weight: ones(rng, [channels]),
    bias: zeros(rng, [channels]),
    running_mean: zeros(rng, [channels]),
    running_var: ones(rng, [channels]),
  }),
  outputShape: (shape) => [...shape],
  apply: (params, x, ctx) => {
    const [weight, bias] = [param(params, 'weight', ctx), param(params, 'bias', ctx)]
    const [mean, variance] = [param(params, 'running_mean', ctx), param(params, 'running_var', ctx)]
    if (frozen || !ctx.training) {
      const scale = tf.mul(weight, tf.rsqrt(tf.add(variance, eps)))
      return { y: affine(x, scale, tf.sub(bias, tf.mul(mean, scale)), { slope }), updates: {} }
    }
    const n = x.size / channels
    if (n < 2) {
      throw new NetworkError(
        ctx.path ?? '',
        `batch norm while training needs two values a channel or more, for the unbiased variance, and got [${x.shape.join(', ')}]; give a larger batch, or \`frozen: true\``,
      )
    }
    const batch = normalise(x, weight, bias, { eps, slope, perFilm: false })
    const updates = {
      running_mean: blend(mean, tf.reshape(batch.mean, [channels]), momentum),
      running_var: blend(variance, tf.mul(tf.reshape(batch.variance, [channels]), n / (n - 1)), momentum),
    }
    return { y: batch.y, updates }
  },
})
