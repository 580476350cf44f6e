import type { Rng } from '@radiograft/random'
import type { GreyFilm } from './GreyFilm.ts'

/**
 * A square of the film's mean grey at a random place that lies inside of the film (P2).
 * @param side of the square as a share of the film's shorter side, in (0, 1]; at least one pixel
 */
export const occlude = ({ pixels, height, width }: GreyFilm, side: number, rng: Rng): Float32Array => {
  const mean = pixels.reduce((sum, x) => sum + x, 0) / pixels.length
  const length = Math.max(1, Math.round(side * Math.min(height, width)))
  const [top, left] = [rng.int(0, height - length + 1), rng.int(0, width - length + 1)]
  const out = pixels.slice()
  for (let r = top; r < top + length; r++) out.fill(mean, r * width + left, r * width + left + length)
  return out
}
