// Latents of a generator's prior, each drawn by its own number, so that the tenth is the same however many are drawn; and the
// knob between variety and one film.
import { rng } from '@radiograft/random'
import type { LatentGenerator } from '../latentGenerator.ts'
import { GanModelsError } from '../GanModelsError.ts'
import { drawLatent } from './drawLatent.ts'
import { interpolateLatents } from './interpolateLatents.ts'

export interface DrawOptions {
  readonly seed: number | string
  readonly films: number
  /**
   * ψ: 1 is the prior. Below, latents are pulled to one centre, so that films differ less: for a uniform prior to 0, z ψ, its middle;
   * on the sphere, where a length means nothing and no direction is likelier than another, along the great circle to a latent that is
   * drawn by the seed. There it trades variety for likeness to one film, not for quality. @default 1
   */
  readonly truncation?: number
}

/**
 * @returns one row [latent] a film: on ‖z‖ = √latent, or in (−1, 1)
 * @throws GanModelsError when the truncation is not in [0, 1]
 */
export const drawLatents = (
  { latent, prior }: Pick<LatentGenerator, 'latent' | 'prior'>,
  { seed, films, truncation = 1 }: DrawOptions,
): ReadonlyArray<Float32Array> => {
  if (!(truncation >= 0 && truncation <= 1))
    throw new GanModelsError('truncation', `${truncation} is not in [0, 1]: 1 draws from the whole prior`)
  const from = rng(seed).fork('latents')
  const centre = prior === 'uniform' ? new Float64Array(latent) : drawLatent(prior, latent, from.fork('centre'))
  return Array.from({ length: films }, (_, i) => {
    const z = drawLatent(prior, latent, from.fork(i))
    return Float32Array.from(truncation === 1 ? z : interpolateLatents(centre, z, truncation, prior))
  })
}
