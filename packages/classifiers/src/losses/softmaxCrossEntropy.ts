// Cross entropy of classes of which each film has one (P4). Used by the training step.
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'

/**
 * (1 / B) Σ_b w_b · (−Σ_c y_bc · ln softmax(x_b)_c): a scalar. Divided by the films and not by the weights, so that a batch of
 * rare classes weighs more than one of common ones, as the weighted mean over all films has it.
 * @param logits x [B, C]
 * @param targets y [B, C], one 1 a row
 * @param weights w [B]
 */
export const softmaxCrossEntropy = (logits: Tensor, targets: Tensor, weights: Tensor): Tensor =>
  tf.tidy(() => {
    const each = tf.neg(tf.sum(tf.mul(tf.logSoftmax(logits), targets), 1))
    return tf.mean(tf.mul(weights, each))
  })
