// Penalties on a critic's gradient by its films: WGAN-GP (Gulrajani et al. 2017; constants of row P8) and R1 (Mescheder et al. 2018).
// The gradient is differentiated again by the critic's weights, so that the critic is held to ops for which tfjs has that right.
import { inputGradient } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'

/** Films [B, H, W, C] → scores [B, 1], by the parameters of the moment. */
export type Critic = (films: tf.Tensor) => tf.Tensor

/** ‖∂ critic / ∂ film‖² of each film, [B]. */
const squaredSlopes = (critic: Critic, films: tf.Tensor): tf.Tensor =>
  tf.sum(tf.square(inputGradient(critic, films)), [1, 2, 3])

/**
 * Mean over films of (‖∂ critic / ∂ x‖ − target)² / target² at x = real + (fake − real) · mix; before λ.
 * @param mix [B, 1, 1, 1] in [0, 1)
 * @param target slope of one. @default 1
 * @throws SecondOrderError naming an op of the critic that is not right to second order
 */
export const gradientPenalty = (
  critic: Critic,
  { real, fake, mix }: { readonly real: tf.Tensor; readonly fake: tf.Tensor; readonly mix: tf.Tensor },
  target = 1,
): tf.Tensor => {
  const mixed = tf.add(real, tf.mul(tf.sub(fake, real), mix))
  const slope = tf.sqrt(squaredSlopes(critic, mixed))
  return tf.div(tf.mean(tf.square(tf.sub(slope, target))), target ** 2)
}

/**
 * Mean over films of ‖∂ critic / ∂ x‖² / 2 at real films; before γ.
 * @throws SecondOrderError naming an op of the critic that is not right to second order
 */
export const r1Penalty = (critic: Critic, real: tf.Tensor): tf.Tensor => tf.div(tf.mean(squaredSlopes(critic, real)), 2)
