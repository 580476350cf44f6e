// Augmentation of a training film, its boxes and its attention map (row G19), outside the graph and seeded by the caller
// with (seed, step, film), so that neither order nor workers matter. Boxes follow by eight edge points, not by corners, so
// that a turn inflates them less.
import type { Box, Theta } from '@radiograft/geometry'
import {
  boxArea,
  clipBox,
  composeTheta,
  enclosingBox,
  thetaFrom,
  warpFilm,
  warpPointToOutput,
} from '@radiograft/geometry'
import type { Rng } from '@radiograft/random'

export interface AugmentOptions {
  /** largest shift as a share of the film @default .05 ([6]: 32/512) */
  readonly shift?: number
  /** standard deviation of log2 of the scale, drawn for each axis @default .1 ([6]: .15) */
  readonly scale?: number
  /** standard deviation of the turn in degrees @default 4 ([6]: 6) */
  readonly turn?: number
  /** standard deviation of the shear in degrees @default 2 ([6]: 4) */
  readonly shear?: number
  /** standard deviation of log2 of the gamma @default .2 ([6]: .25) */
  readonly gamma?: number
  /** standard deviation of the contrast factor and, halved, of the brightness shift @default .08 */
  readonly contrast?: number
  /**
   * probability of mirroring left and right @default 0: a mirrored chest has its heart on the wrong side and its marker
   * reversed. [6] has .5, which the `paper` preset sets.
   */
  readonly mirror?: number
}

/**
 * Our sizes times `strength`, mirroring as said: 0 is the film as it is, 1 the default, about 1.5 what [6] has (which adds
 * noise and blur).
 */
export const augmentation = (strength = 1, mirror = 0): Required<AugmentOptions> => ({
  shift: 0.05 * strength,
  scale: 0.1 * strength,
  turn: 4 * strength,
  shear: 2 * strength,
  gamma: 0.2 * strength,
  contrast: 0.08 * strength,
  mirror,
})

export interface AugmentedFilm {
  readonly pixels: Float32Array
  readonly boxes: ReadonlyArray<Box>
  readonly attention: Float32Array | undefined
}

/** A box of which less than this share stays on the film is dropped. */
const LEAST_VISIBLE = 0.3

/**
 * @param film pixels [height, width] in [0, 1], boxes in pixels, and the attention map [attentionHeight, attentionWidth]
 *   (any size, it covers the same field)
 */
export const augmentFilm = (
  film: {
    readonly pixels: Float32Array
    readonly height: number
    readonly width: number
    readonly boxes: ReadonlyArray<Box>
    readonly attention?: { readonly map: Float32Array; readonly height: number; readonly width: number } | undefined
  },
  random: Rng,
  options: AugmentOptions = {},
): AugmentedFilm => {
  const { shift, scale, turn, shear, gamma, contrast, mirror } = { ...augmentation(), ...options }
  const { height, width } = film
  const [zx, zy, zt, zs, zg, zc, zb] = random.normals(7) as unknown as readonly number[]
  const [ux, uy, um] = random.uniforms(3) as unknown as readonly number[]
  const radians = Math.PI / 180
  const pose = thetaFrom({
    scale: [2 ** (scale * zx!), 2 ** (scale * zy!)],
    angle: turn * radians * zt!,
    tx: 2 * shift * (2 * ux! - 1),
    ty: 2 * shift * (2 * uy! - 1),
  })
  const sheared = composeTheta(pose, [1, Math.tan(shear * radians * zs!), 0, 0, 1, 0])
  const theta = um! < mirror ? composeTheta(sheared, [-1, 0, 0, 0, 1, 0]) : sheared
  const grade = { gamma: 2 ** (gamma * zg!), factor: 1 + contrast * zc!, shift: 0.5 * contrast * zb! }
  const { attention } = film
  return {
    pixels: regrade(warpFilm(film.pixels, height, width, theta, 'zeros'), grade),
    boxes: film.boxes.flatMap((box) => {
      const moved = warpBoxByEdges(box, theta, height, width)
      const seen = clipBox(moved, width, height)
      return boxArea(seen) >= LEAST_VISIBLE * boxArea(moved) && boxArea(seen) > 0 ? [seen] : []
    }),
    attention: attention && warpFilm(attention.map, attention.height, attention.width, theta, 'zeros'),
  }
}

/** The box around the eight warped points at 1/3 and 2/3 of a box's edges; the box itself under the identity. */
export const warpBoxByEdges = (box: Box, theta: Theta, height: number, width: number): Box => {
  const [x0, y0, x1, y1] = box
  const points = [1 / 3, 2 / 3].flatMap((t) => {
    const [x, y] = [x0 + t * (x1 - x0), y0 + t * (y1 - y0)]
    return [[x, y0] as const, [x, y1] as const, [x0, y] as const, [x1, y] as const]
  })
  return enclosingBox(points.map(([x, y]) => warpPointToOutput(theta, x, y, height, width)))
}

/** ((x^gamma) − .5) factor + .5 + shift, clamped to [0, 1]; black stays black, so that collimation keeps its value. */
const regrade = (
  pixels: Float32Array,
  { gamma, factor, shift }: { readonly gamma: number; readonly factor: number; readonly shift: number },
): Float32Array =>
  pixels.map((value) => (value <= 0 ? 0 : Math.min(Math.max((value ** gamma - 0.5) * factor + 0.5 + shift, 0), 1)))
