// A random known misalignment: rotation, scale and shift in the ranges that the aligner is trained and judged with.
import { thetaFrom, type Theta } from '@radiograft/geometry'
import type { Rng } from '@radiograft/random'

export interface PoseRange {
  /** degrees each way @default 10 */
  readonly degrees?: number
  /** share each way @default .1 */
  readonly scale?: number
  /** share of the film's width each way @default .05 */
  readonly shift?: number
}

/** Uniform in each range; θ maps output to input. */
export const randomPose = (rng: Rng, { degrees = 10, scale = 0.1, shift = 0.05 }: PoseRange = {}): Theta => {
  const spread = (range: number): number => (2 * rng.uniform() - 1) * range
  return thetaFrom({
    angle: (spread(degrees) * Math.PI) / 180,
    scale: 1 + spread(scale),
    tx: 2 * spread(shift), // normalised coordinates are two film widths wide
    ty: 2 * spread(shift),
  })
}
