/** Laplacian pyramid of a film (Burt and Adelson 1983) as the PGGAN paper's sliced Wasserstein distance has it: `patchDescriptors` cuts patches of its levels (P8). */
import { MetricError } from '../MetricError.ts'

export interface PyramidLevel {
  /** [height, width] */
  readonly pixels: Float64Array
  readonly height: number
  readonly width: number
}

/**
 * Levels until the smaller side is below 32: 128 gives 128, 64, 32, 16. Level s is G_s − up(G_{s+1}), the last is G itself, so their sum,
 * enlarged step by step, is the film. down and up filter with [1, 4, 6, 4, 1]/16 along both sides, mirrored at the borders
 * about their pixel.
 * @param film [height, width]
 * @throws MetricError when a side is below 16 or an odd side would be halved
 */
export const laplacianPyramid = (film: Float64Array, height: number, width: number): readonly PyramidLevel[] => {
  const count = pyramidLevels(height, width)
  const levels: PyramidLevel[] = []
  let finest: PyramidLevel = { pixels: film, height, width }
  for (let s = 1; s < count; s++) {
    const coarser = down(finest)
    const guess = up(coarser)
    levels.push({ ...finest, pixels: finest.pixels.map((v, i) => v - guess[i]!) })
    finest = coarser
  }
  return [...levels, finest]
}

/** How many levels films of this size have. @throws MetricError as `laplacianPyramid` */
export const pyramidLevels = (height: number, width: number): number => {
  const side = Math.min(height, width)
  if (side < 16)
    throw new MetricError(
      'films',
      `${height} x ${width}: patches of a pyramid need 16 pixels a side; use kernelDistance of features`,
    )
  const levels = Math.floor(Math.log2(side / 16)) + 1
  const unit = 2 ** (levels - 1)
  if (height % unit !== 0 || width % unit !== 0)
    throw new MetricError(
      'films',
      `${height} x ${width} cannot be halved ${levels - 1} times: crop or pad to multiples of ${unit}`,
    )
  return levels
}

const taps = [1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16]

const down = (level: PyramidLevel): PyramidLevel => {
  const { height, width } = level
  const smooth = filtered(level.pixels, height, width)
  const [h, w] = [height / 2, width / 2]
  const pixels = new Float64Array(h * w)
  for (let r = 0; r < h; r++) for (let c = 0; c < w; c++) pixels[r * w + c] = smooth[2 * r * width + 2 * c]!
  return { pixels, height: h, width: w }
}

/** Zeros between the pixels, the filter four times as strong: a flat film stays as it is. */
const up = ({ pixels, height, width }: PyramidLevel): Float64Array => {
  const [h, w] = [2 * height, 2 * width]
  const wide = new Float64Array(h * w)
  for (let r = 0; r < height; r++) for (let c = 0; c < width; c++) wide[2 * r * w + 2 * c] = 4 * pixels[r * width + c]!
  return filtered(wide, h, w)
}

const mirrored = (i: number, n: number): number => (i < 0 ? -i : i >= n ? 2 * (n - 1) - i : i)

const filtered = (film: Float64Array, h: number, w: number): Float64Array => {
  const along = new Float64Array(h * w)
  for (let r = 0; r < h; r++)
    for (let c = 0; c < w; c++) {
      let sum = 0
      for (let t = 0; t < 5; t++) sum += taps[t]! * film[r * w + mirrored(c + t - 2, w)]!
      along[r * w + c] = sum
    }
  const out = new Float64Array(h * w)
  for (let r = 0; r < h; r++)
    for (let t = 0; t < 5; t++) {
      const from = mirrored(r + t - 2, h) * w
      for (let c = 0; c < w; c++) out[r * w + c]! += taps[t]! * along[from + c]!
    }
  return out
}
