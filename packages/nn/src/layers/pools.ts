// Pooling with torch's meaning of padding. No parameters.
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor4D } from '@tensorflow/tfjs-core'
import type { Layer } from '../Network.ts'
import { convLength, isSamePadding } from './convPadding.ts'

export type PoolOptions = {
  readonly kernel: number
  /** @default kernel */
  readonly stride?: number
  /** On each side. @default 0 */
  readonly padding?: number
}

// Below every float32 that a network computes; -Infinity would give NaN where it meets a zero weight.
const LOWEST = -3.4028234663852886e38

/** x `[B, H, W, C]` → the largest of each window; padding never wins. */
export const maxPool = ({ kernel, stride = kernel, padding = 0 }: PoolOptions): Layer => ({
  init: () => ({}),
  outputShape: ([h, w, c]) => [convLength(h!, kernel, stride, padding), convLength(w!, kernel, stride, padding), c!],
  apply: (_, x) => {
    const [, h, w] = x.shape as [number, number, number, number]
    if (padding === 0) return { y: tf.maxPool(x as Tensor4D, kernel, stride, 'valid'), updates: {} }
    if (isSamePadding(h, kernel, stride, padding) && isSamePadding(w, kernel, stride, padding)) {
      return { y: tf.maxPool(x as Tensor4D, kernel, stride, 'same'), updates: {} }
    }
    const side: [number, number] = [padding, padding]
    const padded = tf.pad(x as Tensor4D, [[0, 0], side, side, [0, 0]], LOWEST)
    return { y: tf.maxPool(padded, kernel, stride, 'valid'), updates: {} }
  },
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
