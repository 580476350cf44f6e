// Films in [−1, 1] to the tensors of one paired step. Used by the trainer of both fits, and by whoever trains a generator
// together with something else.
import type { SignedPixels } from '@radiograft/geometry'
import { filmsTensor } from './filmsTensor.ts'
import type { PairedBatch } from './pairedTranslation.ts'

type SomeFilms = ReadonlyArray<SignedPixels>

/** @param size side of the square films, pixels; all three have as many films */
export const pairedBatch = (
  { input, target, real }: { readonly input: SomeFilms; readonly target: SomeFilms; readonly real: SomeFilms },
  size: number,
): PairedBatch => ({
  input: filmsTensor(input, size),
  target: filmsTensor(target, size),
  real: filmsTensor(real, size),
})
