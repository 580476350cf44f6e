import type { GreyFilm } from './GreyFilm.ts'

/** μ + (1 − loss)·(x − μ) about the film's mean μ: at a loss of 1 one grey (P2). The mean stays, the range is never left. */
export const reduceContrast = ({ pixels }: GreyFilm, loss: number): Float32Array => {
  const mean = pixels.reduce((sum, x) => sum + x, 0) / pixels.length
  return pixels.map((x) => mean + (1 - loss) * (x - mean))
}
