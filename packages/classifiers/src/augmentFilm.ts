// Light augmentation of a training film, outside the graph and seeded by the caller with (seed, step, film), so that neither
// order nor look-ahead matters: where the film lies and how bright it is says nothing of its class.
import { thetaFrom, warpFilm } from '@radiograft/geometry'
import type { Rng } from '@radiograft/random'

export interface AugmentOptions {
  /** largest shift along each axis, as a share of the film's side @default .06 */
  readonly shift?: number
  /** standard deviation of what is added to every pixel @default .04 */
  readonly brightness?: number
  /** standard deviation of log2 of the contrast, around the film's mean @default .15 */
  readonly contrast?: number
}

/** Our sizes times `strength`; 0 is the film as it is. */
export const augmentation = (strength = 1): Required<AugmentOptions> => ({
  shift: 0.06 * strength,
  brightness: 0.04 * strength,
  contrast: 0.15 * strength,
})

/**
 * y = clamp(m + c · (x(shifted) − m) + b), m the film's mean. What comes in from beyond the edge is the edge's value.
 * @param pixels [height, width] in [0, 1]
 * @returns [height, width] in [0, 1]
 */
export const augmentFilm = (
  pixels: Float32Array,
  height: number,
  width: number,
  random: Rng,
  options: AugmentOptions = {},
): Float32Array => {
  const { shift, brightness, contrast } = { ...augmentation(), ...options }
  const [ux, uy] = random.uniforms(2) as unknown as readonly [number, number]
  const [zb, zc] = random.normals(2) as unknown as readonly [number, number]
  // a film is 2 wide in θ's units
  const theta = thetaFrom({ tx: 2 * shift * (2 * ux - 1), ty: 2 * shift * (2 * uy - 1) })
  const moved = shift === 0 ? pixels : warpFilm(pixels, height, width, theta, 'border')
  const factor = 2 ** (contrast * zc)
  let sum = 0
  for (const v of moved) sum += v
  const mean = sum / moved.length
  const offset = mean - factor * mean + brightness * zb
  return moved.map((v) => Math.min(Math.max(factor * v + offset, 0), 1))
}
