// T_θ of the paper (G5): a spatial transformer whose localisation network is a ResNet-18. It starts at the identity map
// (G6: the usual choice, the paper is silent): the last layer's weights are zero and its bias is zero.
import { resnet18, resnet18Channels } from '@radiograft/backbones'
import { dense, scope, unscope, zeros, type Applied, type Network, type Params } from '@radiograft/nn'
import { withOpScope } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'

export type SpatialTransformerOptions = {
  /** side of the square films, a multiple of 32 */
  readonly size: number
}

/** Each of the six numbers stays within this distance of the identity's: turns to 30°, scales .5 to 1.5, a quarter film. */
export const THETA_LIMIT = 0.5

/**
 * films [B, size, size, 1] in [−1, 1] → θ [B, 6], row-major 2×3, affine_grid convention (output to input, align_corners
 * false): identity + l tanh(h / (l √n)), with h the last layer's output, n its inputs, l `THETA_LIMIT`.
 */
export const spatialTransformer = ({ size }: SpatialTransformerOptions): Network => {
  const body = resnet18({ inC: 1 })
  // The last map is flattened, not averaged: an average over 2×2 cells throws away where things are, which is the question.
  const features = Math.ceil(size / 32) ** 2 * resnet18Channels.c5
  const head = dense({ inC: features, outC: 6, weightInit: zeros, biasInit: zeros })
  const identity = [1, 0, 0, 0, 1, 0]
  // Adam moves every weight by about the learning rate, so n inputs that agree move h by n times that: at 1e-3 and 2,048
  // inputs by more than a film. Measured without √n and limit: θ left the film around step 150, where the border has no
  // gradient, and never came back (determinant −500).
  const scale = 1 / (THETA_LIMIT * Math.sqrt(features))
  return {
    init: (rng, inputShape): Params => ({
      ...unscope(body.init(rng.fork('body'), inputShape), 'body'),
      ...unscope(head.init(rng.fork('head'), [features]), 'head'),
    }),
    apply: (params, x, ctx): Applied => {
      const { y, updates } = withOpScope('body', () => body.apply(scope(params, 'body'), x, ctx))
      const flat = tf.reshape(y['c5']!, [x.shape[0], features])
      const h = withOpScope('head', () => head.apply(scope(params, 'head'), flat, ctx).y)
      const change = tf.mul(tf.tanh(tf.mul(h, scale)), THETA_LIMIT)
      return { y: tf.add(change, tf.tensor1d(identity)), updates: unscope(updates, 'body') }
    },
  }
}
