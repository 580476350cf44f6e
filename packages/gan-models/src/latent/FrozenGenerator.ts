// What a search of latents asks of a generator and of a classifier: functions of tensors, whatever networks are behind them.
import type { Params } from '@radiograft/nn'
import type * as tf from '@tensorflow/tfjs-core'

export interface FrozenGenerator {
  /** its parameters, of which a search takes the digest before and after */
  readonly params: Params
  /** z [B, d] of length √d each → films [B, H, W, C]; differentiable by z, pure */
  readonly generate: (z: tf.Tensor2D) => tf.Tensor
}

/**
 * Films [B, H, W, C] → score of the class that is searched for, [B] or [B, 1], more is more. Best a logit: a probability near 0 or 1
 * has no slope.
 */
export type ClassScore = (films: tf.Tensor) => tf.Tensor
