import type { Rng } from '@radiograft/random'
import type { GreyFilm } from './GreyFilm.ts'

/** clip(x + σ·n, 0, 1), n standard normal a pixel: what a film looks like that was taken with too little dose (P2). @param sigma in grey levels of [0, 1] */
export const addNoise = ({ pixels }: GreyFilm, sigma: number, rng: Rng): Float32Array => {
  const noise = rng.normals(pixels.length)
  return pixels.map((x, i) => Math.min(Math.max(x + sigma * noise[i]!, 0), 1))
}
