// The baseline that is not trained: opacities are bright, so bright smooth regions inside the film are called opacities.
// The heart, the spine and the diaphragm are bright too, which is why it finds little. Used by the `brightness` stage.
import type { Box } from '@radiograft/geometry'

export interface BrightnessOptions {
  /** passes of [1 2 1]/4 along both axes; n passes have a standard deviation of √(n/2) pixels @default (width / 32)² · 2 */
  readonly passes?: number
  /** bright is above the mean of the inner film by this many standard deviations @default .5 */
  readonly deviations?: number
  /** the outer share of each side that is left out (markers, shoulders, collimation) @default .1 */
  readonly margin?: number
  /** regions smaller or larger than these shares of the film are dropped @default [.01, .15] */
  readonly area?: readonly [smallest: number, largest: number]
}

export interface BrightBox {
  readonly box: Box
  /** mean brightness of the region, in [0, 1] */
  readonly score: number
}

/**
 * Smooths, thresholds and takes the boxes of 4-connected regions, brightest first.
 * @param pixels [height, width], row-major, in [0, 1]
 */
export const brightness = (
  pixels: Float32Array,
  height: number,
  width: number,
  options: BrightnessOptions = {},
): ReadonlyArray<BrightBox> => {
  const { passes = Math.round(2 * (width / 32) ** 2), deviations = 0.5, margin = 0.1, area = [0.01, 0.15] } = options
  const smooth = binomial(pixels, height, width, passes)
  const [top, left] = [Math.round(margin * height), Math.round(margin * width)]
  const inner = (row: number, column: number): boolean =>
    row >= top && row < height - top && column >= left && column < width - left
  let [n, sum, squares] = [0, 0, 0]
  for (let i = 0; i < smooth.length; i++) {
    if (!inner(Math.floor(i / width), i % width)) continue
    n++
    sum += smooth[i]!
    squares += smooth[i]! ** 2
  }
  const mean = sum / n
  const threshold = mean + deviations * Math.sqrt(Math.max(squares / n - mean ** 2, 0))
  const bright = (i: number): boolean => inner(Math.floor(i / width), i % width) && smooth[i]! > threshold
  return regions(bright, height, width)
    .filter((region) => region.length >= area[0] * height * width && region.length <= area[1] * height * width)
    .map((region) => ({ box: boxOf(region, width), score: region.reduce((s, i) => s + smooth[i]!, 0) / region.length }))
    .toSorted((a, b) => b.score - a.score)
}

/** Edge pixels are repeated beyond the film. */
const binomial = (pixels: Float32Array, height: number, width: number, passes: number): Float32Array => {
  let [now, next] = [pixels.slice(), new Float32Array(pixels.length)]
  const pass = (step: number, length: number, placeOf: (i: number) => number): void => {
    for (let i = 0; i < now.length; i++) {
      const place = placeOf(i)
      next[i] = 0.25 * now[place > 0 ? i - step : i]! + 0.5 * now[i]! + 0.25 * now[place < length - 1 ? i + step : i]!
    }
    ;[now, next] = [next, now]
  }
  for (let k = 0; k < passes; k++) {
    pass(1, width, (i) => i % width)
    pass(width, height, (i) => Math.floor(i / width))
  }
  return now
}

/** The 4-connected regions of pixels that `inside`, as lists of indices, in order of their first pixel. */
const regions = (
  inside: (i: number) => boolean,
  height: number,
  width: number,
): ReadonlyArray<ReadonlyArray<number>> => {
  const seen = new Uint8Array(height * width)
  const found: number[][] = []
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] === 1 || !inside(start)) continue
    const region = [start]
    seen[start] = 1
    for (let k = 0; k < region.length; k++) {
      const i = region[k]!
      const column = i % width
      for (const j of [column > 0 ? i - 1 : -1, column < width - 1 ? i + 1 : -1, i - width, i + width]) {
        if (j < 0 || j >= seen.length || seen[j] === 1 || !inside(j)) continue
        seen[j] = 1
        region.push(j)
      }
    }
    found.push(region)
  }
  return found
}

const boxOf = (region: ReadonlyArray<number>, width: number): Box => {
  let [x0, y0, x1, y1] = [Infinity, Infinity, 0, 0]
  for (const i of region) {
    const [row, column] = [Math.floor(i / width), i % width]
    x0 = Math.min(x0, column)
    y0 = Math.min(y0, row)
    x1 = Math.max(x1, column + 1)
    y1 = Math.max(y1, row + 1)
  }
  return [x0, y0, x1, y1]
}
