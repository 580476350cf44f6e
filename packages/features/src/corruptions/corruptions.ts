// The corruptions of the ladder, each at five strengths. Amounts double from one strength to the next; the first leaves
// every film of the phantom above 35 dB. They were chosen on the phantom and on no real film.
import type { Rng } from '@radiograft/random'
import { FeaturesError } from '../FeaturesError.ts'
import { addNoise } from './addNoise.ts'
import { blur } from './blur.ts'
import type { GreyFilm } from './GreyFilm.ts'
import { occlude } from './occlude.ts'
import { reduceContrast } from './reduceContrast.ts'
import { swirl } from './swirl.ts'

export interface Corruption {
  readonly name: CorruptionName
  /** what the amounts are, for axes and tables */
  readonly unit: string
  /** of strengths 1 to 5 */
  readonly amounts: ReadonlyArray<number>
  /** A new film in [0, 1]; what it draws depends on the stream alone. */
  readonly apply: (film: GreyFilm, amount: number, rng: Rng) => Float32Array
}

export type CorruptionName = 'noise' | 'blur' | 'contrast' | 'occlusion' | 'swirl'

export const corruptions: ReadonlyArray<Corruption> = [
  { name: 'noise', unit: 'standard deviation, grey levels', amounts: [0.01, 0.02, 0.04, 0.08, 0.16], apply: addNoise },
  { name: 'blur', unit: 'sigma, share of the side', amounts: [0.004, 0.008, 0.016, 0.032, 0.064], apply: blur },
  { name: 'contrast', unit: 'share lost', amounts: [0.04, 0.08, 0.16, 0.32, 0.64], apply: reduceContrast },
  { name: 'occlusion', unit: 'side, share of the film’s', amounts: [0.03, 0.06, 0.12, 0.24, 0.48], apply: occlude },
  { name: 'swirl', unit: 'radians at the centre', amounts: [0.25, 0.5, 1, 2, 4], apply: swirl },
]

/**
 * The film at this strength. One film has the same noise and the same place of the square at every strength.
 * @param film pixels in [0, 1]
 * @param strength 0 leaves the film as it is, 1 to 5
 * @param rng the film's own stream
 * @throws FeaturesError for another strength, or pixels that are no film of that size
 */
export const corrupt = (
  { name, amounts, apply }: Corruption,
  film: GreyFilm,
  strength: number,
  rng: Rng,
): Float32Array => {
  const { pixels, height, width } = film
  if (pixels.length !== height * width)
    throw new FeaturesError('film', `${pixels.length} pixels are no film of ${height} x ${width}`)
  if (strength === 0) return pixels.slice()
  const amount = amounts[strength - 1]
  if (amount === undefined)
    throw new FeaturesError('strength', `must be a whole number from 0 to ${amounts.length}, got ${strength}`)
  return apply(film, amount, rng.fork(name))
}
