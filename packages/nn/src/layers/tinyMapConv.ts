// A convolution over a map of a few pixels as one matrix product of its patches. Used by `conv2d`. On 1×1 and 2×2 value and
// gradients take half of the time of the convolution's own kernels or less; on 4×4 the two are level, so larger maps stay
// convolutions (tools/bench/ops.ts).
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor4D } from '@tensorflow/tfjs-core'

/** Pixels of the largest map that is treated so. */
export const TINY_MAP = 4

/**
 * Stride 1, zeros outside, output of the input's size.
 * @param x [B, H, W, C]; @param weight [k, k, C, O], k odd → [B, H, W, O]
 */
export const tinyMapConv = (x: Tensor4D, weight: Tensor4D): Tensor4D => {
  const [batch, height, width, channels] = x.shape
  const [kernel, , , out] = weight.shape
  const half = (kernel - 1) / 2
  const padded = tf.pad(x, [
    [0, 0],
    [half, half],
    [half, half],
    [0, 0],
  ])
  // patches [B, H, W, k·k·C], in the filter's order of rows, columns, channels
  const patches = Array.from({ length: kernel * kernel }, (_, tap) =>
    tf.slice(padded, [0, Math.floor(tap / kernel), tap % kernel, 0], [batch, height, width, channels]),
  )
  const rows = tf.reshape(tf.concat(patches, 3), [batch * height * width, kernel * kernel * channels])
  const product = tf.matMul(rows, tf.reshape(weight, [kernel * kernel * channels, out]))
  return tf.reshape(product, [batch, height, width, out])
}
