// Minibatch standard deviation (Karras et al. 2018, section 3; row P8): one more channel that tells a critic how much the films of
// a group differ, so that a generator without variety is found out. No parameters.
import * as tf from '@tensorflow/tfjs-core'
import type { Layer } from '../Network.ts'
import { NetworkError } from '../NetworkError.ts'

const EPS = 1e-8

/**
 * x `[B, H, W, C]` → `[B, H, W, C + 1]`: the standard deviation over the films of a group, its mean over H, W and C in every pixel
 * of the group's films. Groups are spread: of M groups, films i, i + M, i + 2M, … are one, as in the reference. Differentiable to
 * any order.
 * @param group films in a group, or all where the batch is smaller. @default 4
 * @throws NetworkError when groups do not divide the batch
 */
export const minibatchStd = (group = 4): Layer => ({
  init: () => ({}),
  outputShape: ([h, w, c]) => [h!, w!, c! + 1],
  apply: (_, x, ctx) => {
    const [batch, h, w, c] = x.shape as [number, number, number, number]
    const size = Math.min(group, batch)
    if (batch % size !== 0) {
      throw new NetworkError(
        ctx.path ?? 'minibatchStd',
        `${batch} films are no whole number of groups of ${size}; take a batch that ${size} divides, or another group`,
      )
    }
    const groups = batch / size
    const grouped = tf.reshape(x, [size, groups, h, w, c])
    const centred = tf.sub(grouped, tf.mean(grouped, 0, true))
    const std = tf.sqrt(tf.add(tf.mean(tf.square(centred), 0), EPS))
    const ofGroup = tf.reshape(tf.mean(std, [1, 2, 3]), [1, groups, 1, 1, 1])
    // not tile: tfjs has its gradient up to four axes, and as a sum of slices
    const everywhere = tf.mul(ofGroup, tf.ones([size, groups, h, w, 1]))
    return { y: tf.concat([x, tf.reshape(everywhere, [batch, h, w, 1])], 3), updates: {} }
  },
})
