// Fading from one resolution to the next (row P8): of generated films, of what a critic has seen, and of real films.
import { boxDownsample, boxUpsample } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'

/** old + (new − old) · alpha. */
export const fade = (old: tf.Tensor, fresh: tf.Tensor, alpha: tf.Tensor | number): tf.Tensor =>
  tf.add(old, tf.mul(tf.sub(fresh, old), alpha))

/**
 * Real films as blurred as generated ones are while alpha < 1: faded in over their own half resolution (mean of 2×2 boxes, each
 * pixel repeated). Without it a critic knows reals by their detail alone (P7: the published code leaves it out).
 * @param films [B, H, W, C], H and W even → the same shape
 */
export const fadeReals = (films: tf.Tensor, alpha: tf.Tensor | number): tf.Tensor =>
  fade(boxUpsample(boxDownsample(films, 2), 2), films, alpha)
