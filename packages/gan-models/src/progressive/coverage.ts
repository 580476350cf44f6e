// Whether generated films look like real ones and whether they reach all of them, while a GAN trains: precision and recall
// (Kynkäänniemi 2019) on pixels, so that no network has to be trained first. Used by the checks of a training.
import { insideBalls, type Rows } from '@radiograft/geometry'
import { boxDownsample } from '@radiograft/tensor'
import type { Tensor } from '@tensorflow/tfjs-core'

/** The neighbour that a ball reaches to (the paper's). */
export const NEIGHBOUR = 3
/** Films are compared at this side at most: finer detail hardly moves the distance of two films. */
const SIDE = 16

/**
 * `recall`: share of real films in the region that as many generated ones cover. `precision`: share of generated films in that
 * which the real ones cover. `realRecall`, `realPrecision`: the same with training films in place of generated ones, what there is
 * to reach. All in [0, 1].
 */
export type Coverage = Readonly<Record<'precision' | 'recall' | 'realPrecision' | 'realRecall', number>>

export interface CoverageSets {
  /** real films that were not trained on */
  readonly validation: Rows
  /** real films that were, as many */
  readonly training: Rows
  /** as many again */
  readonly generated: Rows
}

/** @throws GeometryError when there are fewer than four films, or films of different sizes */
export const coverage = ({ validation, training, generated }: CoverageSets): Coverage => ({
  precision: share(insideBalls(generated, validation, NEIGHBOUR)),
  recall: share(insideBalls(validation, generated, NEIGHBOUR)),
  realPrecision: share(insideBalls(training, validation, NEIGHBOUR)),
  realRecall: share(insideBalls(validation, training, NEIGHBOUR)),
})

const share = (inside: Uint8Array): number => inside.reduce((sum, v) => sum + v, 0) / inside.length

/** Side at which films of a resolution are compared. */
export const comparedSide = (resolution: number): number => Math.min(SIDE, resolution)

/** Films [N, R, R, 1] → [N · side²], the means of their boxes. */
export const comparedPixels = (films: Tensor, side: number): Float32Array => {
  const resolution = films.shape[1]!
  const small = resolution === side ? films : boxDownsample(films, resolution / side)
  return small.dataSync() as Float32Array
}
