// Cross entropy of findings, of which a film has any number, and of some nobody knows whether it has them. Used by the training
// step.
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'

/**
 * Σ_bc w_bc · (softplus(x_bc) − x_bc y_bc) / max(1, number of w_bc > 0): a scalar; softplus(x) − x y is −ln of the probability
 * of y. What has weight 0 (uncertain, blank) has no part in it, nor a gradient.
 * @param logits x [B, F]
 * @param targets y [B, F], 1 present, 0 absent
 * @param weights w [B, F], 0 where not known
 */
export const sigmoidCrossEntropy = (logits: Tensor, targets: Tensor, weights: Tensor): Tensor =>
  tf.tidy(() => {
    const each = tf.sub(tf.softplus(logits), tf.mul(logits, targets))
    const known = tf.sum(tf.cast(tf.greater(weights, 0), 'float32'))
    return tf.div(tf.sum(tf.mul(weights, each)), tf.maximum(known, 1))
  })
