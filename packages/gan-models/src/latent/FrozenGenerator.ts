// What a search of latents asks of a generator and of a classifier: functions of tensors, whatever networks are behind them.
import type { Params } from '@radiograft/nn'
import type * as tf from '@tensorflow/tfjs-core'
import type { LatentGenerator, LatentPrior } from '../latentGenerator.ts'

export interface FrozenGenerator {
  /** its parameters, of which a search takes the digest before and after */
  readonly params: Params
  /** where its latents lie, and a search of them stays @default 'sphere' */
  readonly prior?: LatentPrior
  /** z [B, d] of the prior each → films [B, H, W, C]; differentiable by z, pure */
  readonly generate: (z: tf.Tensor2D) => tf.Tensor
}

/** A stored generator of films from latents as a search wants it. @param params stay the caller's */
export const frozenGenerator = ({ prior, films }: LatentGenerator, params: Params): FrozenGenerator => ({
  params,
  prior,
  generate: (z) => films(params, z),
})

/**
 * Films [B, H, W, C] → score of the class that is searched for, [B] or [B, 1], more is more. Best a logit: a probability near 0 or 1
 * has no slope.
 */
export type ClassScore = (films: tf.Tensor) => tf.Tensor
