// What an initialiser is, and the fans that most of them scale by.
import type { Rng } from '@radiograft/random'
import type { Tensor } from '@tensorflow/tfjs-core'

/**
 * The first value of one parameter. Layers pass a stream forked by the parameter's name.
 * @param shape `[kh, kw, in, out]`, `[in, out]` or `[n]`
 */
export type Initialiser = (rng: Rng, shape: readonly number[]) => Tensor

/**
 * How many numbers feed one output and how many outputs one input feeds. Transposed convolutions keep their filters as
 * `[kh, kw, out, in]`; read as HWIO they get the fans that torch gives to its own layout `[in, out, kh, kw]`.
 */
export const fans = (shape: readonly number[]): { fanIn: number; fanOut: number } => {
  const field = shape.slice(0, -2).reduce((a, b) => a * b, 1)
  return { fanIn: field * (shape.at(-2) ?? 1), fanOut: field * (shape.at(-1) ?? 1) }
}
