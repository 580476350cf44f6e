// Pooling with torch's meaning of padding. No parameters.
import { maxPool as max, type MaxPoolOptions } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor4D } from '@tensorflow/tfjs-core'
import type { Layer } from '../Network.ts'
import { convLength } from './convPadding.ts'

/** x `[B, H, W, C]` → the largest of each window; padding never wins. */
export const maxPool = ({ kernel, stride = kernel, padding = 0 }: MaxPoolOptions): Layer => ({
  init: () => ({}),
  outputShape: ([h, w, c]) => [convLength(h!, kernel, stride, padding), convLength(w!, kernel, stride, padding), c!],
  apply: (_, x) => ({ y: max(x, { kernel, stride, padding }), updates: {} }),
})

/** x `[B, H, W, C]` → the mean of each window, without padding. Has no second gradient in tfjs. */
export const avgPool = ({ kernel, stride = kernel }: { kernel: number; stride?: number }): Layer => ({
  init: () => ({}),
  outputShape: ([h, w, c]) => [convLength(h!, kernel, stride, 0), convLength(w!, kernel, stride, 0), c!],
  apply: (_, x) => ({ y: tf.avgPool(x as Tensor4D, kernel, stride, 'valid'), updates: {} }),
})

/** x `[B, H, W, C]` → `[B, C]`, the mean over the film. */
export const globalAvgPool: Layer = {
  init: () => ({}),
  outputShape: ([, , c]) => [c!],
  apply: (_, x) => ({ y: tf.mean(x, [1, 2]), updates: {} }),
}

/** x `[B, H, W, C]` → `[B, C]`, the maximum over the film. */
export const globalMaxPool: Layer = {
  init: () => ({}),
  outputShape: ([, , c]) => [c!],
  apply: (_, x) => ({ y: tf.max(x, [1, 2]), updates: {} }),
}

/** x `[B, ...]` → `[B, features]`, row-major. From feature maps the order is H, W, C (torch's is C, H, W). */
export const flatten: Layer = {
  init: () => ({}),
  outputShape: (shape) => [shape.reduce((a, b) => a * b, 1)],
  apply: (_, x) => ({ y: tf.reshape(x, [x.shape[0] ?? 1, -1]), updates: {} }),
}
