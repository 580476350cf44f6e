// What the detection losses are divided by. Used by focalLoss and smoothL1.
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'

/**
 * `film`: each film's sum over max(its positives, 1), then the mean over films, as [6] (row G18); a film without boxes
 * then weighs as much as all of a positive's anchors together, which holds false positives down and misses up.
 * `batch`: the batch's sum over max(its positives, 1): every anchor of a batch weighs the same.
 */
export type Normaliser = 'film' | 'batch'

/** @param values [B, A], 0 where nothing counts; labels [B, A], 1 at positives. Returns a scalar. */
export const normaliseByPositives = (values: Tensor, labels: Tensor, normaliser: Normaliser): Tensor => {
  const positive = tf.cast(tf.equal(labels, 1), 'float32')
  if (normaliser === 'batch') return tf.div(tf.sum(values), tf.maximum(tf.sum(positive), 1))
  return tf.mean(tf.div(tf.sum(values, 1), tf.maximum(tf.sum(positive, 1), 1)))
}
