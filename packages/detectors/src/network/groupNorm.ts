// Group normalisation (Wu and He 2018), the head's option against the small batches of detection: each film by itself, in
// groups of channels. Parameters: `weight` [C], `bias` [C].
import type { Layer } from '@radiograft/nn'
import { ones, zeros } from '@radiograft/nn'
import * as tf from '@tensorflow/tfjs-core'
import { DetectorError } from '../DetectorError.ts'

/** x `[B, H, W, C]` → the same shape. @param groups of channels, must divide them @default 8 */
export const groupNorm = ({
  channels,
  groups = 8,
  eps = 1e-5,
}: {
  readonly channels: number
  readonly groups?: number
  readonly eps?: number
}): Layer => {
  if (channels % groups !== 0)
    throw new DetectorError('groupNorm', `${groups} groups do not divide ${channels} channels`)
  return {
    init: (rng) => ({ weight: ones(rng.fork('weight'), [channels]), bias: zeros(rng.fork('bias'), [channels]) }),
    outputShape: (shape) => [...shape],
    apply: (params, x) => {
      const [b, h, w] = x.shape as [number, number, number, number]
      const grouped = tf.reshape(x, [b, h * w, groups, channels / groups])
      const { mean, variance } = tf.moments(grouped, [1, 3], true) // biased, as torch
      const normal = tf.mul(tf.sub(grouped, mean), tf.rsqrt(tf.add(variance, eps)))
      const y = tf.add(tf.mul(tf.reshape(normal, x.shape), params['weight']!), params['bias']!)
      return { y, updates: {} }
    },
  }
}
