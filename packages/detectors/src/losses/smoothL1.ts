// The regression loss of RetinaNet (row G18): quadratic up to the knee, a line beyond. Used by the training step.
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { normaliseByPositives } from './normaliseByPositives.ts'
import type { Normaliser } from './normaliseByPositives.ts'

/**
 * Mean over the four deltas of d²/(2 knee) where |d| ≤ knee, |d| − knee/2 beyond, summed over positive anchors and over
 * the positives: a scalar, 0 for films without boxes.
 * @param predicted, wanted [B, A, 4]
 * @param labels [B, A]: 1 at positives
 */
export const smoothL1 = (
  predicted: Tensor,
  wanted: Tensor,
  labels: Tensor,
  { knee = 1 / 9, normaliser = 'batch' }: { readonly knee?: number; readonly normaliser?: Normaliser } = {},
): Tensor =>
  tf.tidy(() => {
    const positive = tf.cast(tf.equal(labels, 1), 'float32')
    const d = tf.abs(tf.sub(predicted, wanted))
    // min(d, knee) (d − min(d, knee)/2) / knee is both branches at once
    const low = tf.minimum(d, knee)
    const loss = tf.div(tf.mul(low, tf.sub(d, tf.div(low, 2))), knee)
    return normaliseByPositives(tf.mul(tf.mean(loss, 2), positive), labels, normaliser)
  })
