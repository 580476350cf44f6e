// L = f(T(I), R) + ‖T(I) − R‖₂ (eq 1, G5): the feature term as a mean squared error, the pixel term as the root of the mean
// squared error of each film (norm not squared, both of weight 1). The paper's text says "between transformed and input
// images" where the equation has R: the equation is followed.
import type { Params } from '@radiograft/nn'
import * as tf from '@tensorflow/tfjs-core'
import { perceptualNetwork } from './perceptualFeatures.ts'

const PIXELS = [1, 2, 3]

/** @param aligned T(I), [B, H, W, 1] in [−1, 1]; @param reference R, [1, H, W, 1] → scalars, means over the batch */
export const alignmentLoss = (
  aligned: tf.Tensor,
  reference: tf.Tensor,
  features: Params,
): { readonly loss: tf.Tensor; readonly pixel: tf.Tensor; readonly feature: tf.Tensor } => {
  const f = (x: tf.Tensor): tf.Tensor => perceptualNetwork.apply(features, x, { training: false }).y
  const pixel = tf.mean(tf.sqrt(tf.add(tf.mean(tf.square(tf.sub(aligned, reference)), PIXELS), 1e-12)))
  const feature = tf.mean(tf.square(tf.sub(f(aligned), f(reference))))
  return { loss: tf.add(pixel, feature), pixel, feature }
}
