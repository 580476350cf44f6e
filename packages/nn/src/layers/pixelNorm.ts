// Pixelwise feature normalisation (Karras et al. 2018, section 4.2; row P8: in generators alone). No parameters.
import * as tf from '@tensorflow/tfjs-core'
import type { Layer } from '../Network.ts'
import { pointwise } from './pointwise.ts'

/**
 * x `[B, …, C]` → x / sqrt(mean over C of x² + eps), differentiable to any order.
 * @param eps @default 1e-8
 */
export const pixelNorm = (eps = 1e-8): Layer =>
  pointwise((x) => tf.mul(x, tf.rsqrt(tf.add(tf.mean(tf.square(x), -1, true), eps))))
