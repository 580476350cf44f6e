// The classification loss of RetinaNet (row G18; Lin et al. 2017): cross entropy that easy anchors hardly enter. Used by
// the training step. Films without boxes have labels of 0 everywhere and a loss above 0 (row G17-2).
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { normaliseByPositives } from './normaliseByPositives.ts'
import type { Normaliser } from './normaliseByPositives.ts'

export interface FocalOptions {
  /** weight of positives; 1 − alpha that of negatives @default .25 */
  readonly alpha?: number
  /** @default 2 */
  readonly gamma?: number
  /** what the sum is divided by @default 'batch' */
  readonly normaliser?: Normaliser
}

/**
 * Σ α_t (1 − p_t)^γ · (−ln p_t) over anchors that are not ignored, over the positives: a scalar.
 * @param logits [B, A]
 * @param labels [B, A]: 1, 0, or −1 for ignored
 */
export const focalLoss = (
  logits: Tensor,
  labels: Tensor,
  { alpha = 0.25, gamma = 2, normaliser = 'batch' }: FocalOptions = {},
): Tensor =>
  tf.tidy(() => {
    const y = tf.relu(labels)
    const p = tf.sigmoid(logits)
    // −ln p_t from logits: softplus(x) − x y, which never takes the logarithm of 0
    const crossEntropy = tf.sub(tf.softplus(logits), tf.mul(logits, y))
    const pOther = tf.sub(tf.add(p, y), tf.mul(tf.mul(p, y), 2)) // 1 − p_t: 1 − p where y = 1, p where y = 0
    const weight = tf.add(tf.mul(y, 2 * alpha - 1), 1 - alpha) // α where y = 1, 1 − α where y = 0
    const kept = tf.cast(tf.greaterEqual(labels, 0), 'float32')
    const focus = gamma === 2 ? tf.square(pOther) : tf.pow(pOther, gamma)
    return normaliseByPositives(tf.mul(tf.mul(tf.mul(focus, weight), crossEntropy), kept), labels, normaliser)
  })
