// Films of one size as a tensor. Used by what trains a progressive GAN.
import type { SignedPixels } from '@radiograft/geometry'
import * as tf from '@tensorflow/tfjs-core'

/** Films [size, size] in [−1, 1] → [B, size, size, 1]. */
export const filmTensor = (films: ReadonlyArray<SignedPixels>, size: number): tf.Tensor4D => {
  const pixels = new Float32Array(films.length * size ** 2)
  films.forEach((film, i) => pixels.set(film, i * size ** 2))
  return tf.tensor4d(pixels, [films.length, size, size, 1])
}
