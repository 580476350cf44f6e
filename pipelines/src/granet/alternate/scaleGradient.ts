import * as tf from '@tensorflow/tfjs-core'

/** The tensor as it is; its gradient times `weight`. */
export const scaleGradient = (x: tf.Tensor, weight: number): tf.Tensor =>
  weight === 1
    ? x
    : tf.customGrad((input) => ({
        value: (input as tf.Tensor).clone(),
        gradFunc: (dy: tf.Tensor) => tf.mul(dy, weight),
      }))(x)
