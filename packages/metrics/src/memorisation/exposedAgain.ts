/** A film as another exposure would show it, for copies that a memorisation report must find (P10): not the same pixels, the same film. */
import type { Rng } from '@radiograft/random'

export interface Exposure {
  /** of the grey range [0, 1], added or taken away at most */
  readonly brightness: number
  /** share of the contrast about the middle grey that is added or taken away at most */
  readonly contrast: number
  /** standard deviation of noise in each pixel, of the grey range */
  readonly noise: number
}

/**
 * ½ + (1 + c)(v − ½) + b + σε, cut to [0, 1]: b and c uniform within ± their limits, ε standard normal.
 * @param film [pixels] in [0, 1]
 * @returns the same
 */
export const exposedAgain = (film: Float32Array, { brightness, contrast, noise }: Exposure, rng: Rng): Float32Array => {
  const within = (limit: number): number => limit * (2 * rng.uniform() - 1)
  const [shift, factor] = [within(brightness), 1 + within(contrast)]
  const normals = rng.normals(film.length)
  return film.map((v, p) => Math.min(1, Math.max(0, 0.5 + factor * (v - 0.5) + shift + noise * normals[p]!)))
}
