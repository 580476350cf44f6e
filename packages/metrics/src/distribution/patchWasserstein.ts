/** The PGGAN paper's SWD: sliced Wasserstein distance of patches of the films' Laplacian pyramids, a figure a level and their mean (P8). */
import type { Rng } from '@radiograft/random'
import { MetricError } from '../MetricError.ts'
import type { Films } from './films.ts'
import { patchDescriptors, patchSide, type PatchOptions } from './patchDescriptors.ts'
import { sliceDirections } from './sliceDirections.ts'
import { slicedWasserstein } from './slicedWasserstein.ts'

export interface PatchWassersteinOptions extends PatchOptions {
  /** @default 512 */
  readonly directions?: number
}

export interface PatchWasserstein {
  /** times 1000, as papers print it: the mean of the levels */
  readonly value: number
  /** finest first; high frequencies at the top, the film's large shape at the bottom */
  readonly levels: readonly { readonly height: number; readonly width: number; readonly value: number }[]
}

/**
 * @param rng places of patches and directions; the same for every set that is compared
 * @throws MetricError when films differ in size or number, are below 16 pixels, or cannot be halved
 */
export const patchWasserstein = (
  real: Films,
  fake: Films,
  rng: Rng,
  options: PatchWassersteinOptions = {},
): PatchWasserstein => {
  checkSameSize(real, fake)
  const directions = sliceDirections(patchSide ** 2, rng, options.directions)
  const ours = patchDescriptors(fake, rng, options)
  const levels = patchDescriptors(real, rng, options).map((level, s) => ({
    height: level.height,
    width: level.width,
    value: 1000 * slicedWasserstein(level, ours[s]!, directions),
  }))
  return { value: levels.reduce((sum, { value }) => sum + value, 0) / levels.length, levels }
}

const checkSameSize = (real: Films, fake: Films): void => {
  if (real.height !== fake.height || real.width !== fake.width)
    throw new MetricError(
      'real, fake',
      `${real.height} x ${real.width} and ${fake.height} x ${fake.width} pixels: resize with one filter first`,
    )
}
