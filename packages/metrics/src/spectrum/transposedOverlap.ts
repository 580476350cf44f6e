/**
 * What a transposed convolution makes of constant input 1, in closed form: inside, an output pixel of phase (p, q) gathers the
 * weights of its phase, w̄(p, q) = Σ_{i ≡ p, j ≡ q (mod s)} w(i, j). A kernel of ones gives an even surface where the stride divides
 * its side (4 by 2), else a checkerboard (3 by 2: 4, 2, 2, 1), whatever it has learnt (Odena, Dumoulin and Olah 2016, Distill).
 */
import { MetricError } from '../MetricError.ts'

export interface TransposedOverlap {
  /** [stride, stride] of output pixels by phase, row-major, the first being the output's own first pixel, without padding */
  readonly phases: Float64Array
  readonly mean: number
  /** variance of the phases: what `checkerboardEnergy` measures on the output away from its borders */
  readonly energy: number
}

/**
 * @param kernel [side, side] of one input and output channel, row-major
 * @throws MetricError when the kernel is not square, or the stride is no whole number of 1 or more
 */
export const transposedOverlap = (kernel: ArrayLike<number>, stride: number): TransposedOverlap => {
  const side = Math.sqrt(kernel.length)
  if (!(Number.isInteger(side) && side > 0))
    throw new MetricError('kernel', `has ${kernel.length} weights: give a square one`)
  if (!(Number.isInteger(stride) && stride > 0)) throw new MetricError('stride', `must be 1 or more, got ${stride}`)
  const phases = new Float64Array(stride * stride)
  for (let i = 0; i < side; i++)
    for (let j = 0; j < side; j++) phases[(i % stride) * stride + (j % stride)]! += kernel[i * side + j]!
  const mean = phases.reduce((sum, v) => sum + v, 0) / phases.length
  return { phases, mean, energy: phases.reduce((sum, v) => sum + (v - mean) ** 2, 0) / phases.length }
}
