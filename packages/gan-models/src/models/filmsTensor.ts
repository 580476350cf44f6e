// Films in [−1, 1] as one tensor. Used by whatever trains on films.
import type { SignedPixels } from '@radiograft/geometry'
import * as tf from '@tensorflow/tfjs-core'

/** @param size side of the square films, pixels → [films, size, size, 1] */
export const filmsTensor = (films: ReadonlyArray<SignedPixels>, size: number): tf.Tensor => {
  const pixels = new Float32Array(films.length * size * size)
  films.forEach((film, i) => pixels.set(film, i * size * size))
  return tf.tensor4d(pixels, [films.length, size, size, 1])
}
