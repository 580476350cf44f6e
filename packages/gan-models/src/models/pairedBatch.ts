// Films in [−1, 1] to the tensors of one paired step. Used by the trainer of both fits, and by whoever trains a generator
// together with something else.
import type { SignedPixels } from '@radiograft/geometry'
import * as tf from '@tensorflow/tfjs-core'
import type { PairedBatch } from './pairedTranslation.ts'

type SomeFilms = ReadonlyArray<SignedPixels>

/** @param size side of the square films, pixels; all three have as many films */
export const pairedBatch = (
  { input, target, real }: { readonly input: SomeFilms; readonly target: SomeFilms; readonly real: SomeFilms },
  size: number,
): PairedBatch => {
  const tensor = (films: SomeFilms): tf.Tensor => {
    const pixels = new Float32Array(films.length * size * size)
    films.forEach((film, i) => pixels.set(film, i * size * size))
    return tf.tensor4d(pixels, [films.length, size, size, 1])
  }
  return { input: tensor(input), target: tensor(target), real: tensor(real) }
}
