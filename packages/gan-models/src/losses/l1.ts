// ‖a − b‖₁ of eqs 2 and 3 as a mean over pixels (G33: sum or mean is not said; the sum would be 262,144 times this at 512²).
import * as tf from '@tensorflow/tfjs-core'

/** Any two tensors of one shape → scalar. */
export const l1 = (a: tf.Tensor, b: tf.Tensor): tf.Scalar => tf.mean(tf.abs(tf.sub(a, b)))
