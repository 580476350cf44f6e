// Resizing on plain arrays with one pinned definition, so that every metric and nearest-neighbour search sees the same
// small films (row G7: 32 x 32). Down: exact area average, which never aliases; up: bilinear with half-pixel centres.
import { assertFilm, assertSize, GeometryError } from '../GeometryError.ts'

/** One axis as a sparse matrix: output i is the sum over k of weights[i][k] * input[start[i] + k]. */
interface Taps {
  readonly start: Int32Array
  readonly weights: ReadonlyArray<Float64Array>
}

const areaTaps = (from: number, to: number): Taps => {
  const start = new Int32Array(to)
  const weights: Float64Array[] = []
  for (let i = 0; i < to; i++) {
    // output pixel i covers [i from / to, (i + 1) from / to) of the input; in units of 1/to input pixels all is whole
    const low = i * from
    const high = low + from
    const first = Math.floor(low / to)
    const last = Math.ceil(high / to)
    start[i] = first
    weights.push(
      Float64Array.from(
        { length: last - first },
        (_, k) => (Math.min(high, (first + k + 1) * to) - Math.max(low, (first + k) * to)) / from,
      ),
    )
  }
  return { start, weights }
}

const bilinearTaps = (from: number, to: number): Taps => {
  const start = new Int32Array(to)
  const weights: Float64Array[] = []
  for (let i = 0; i < to; i++) {
    const centre = Math.min(Math.max(((i + 0.5) * from) / to - 0.5, 0), from - 1)
    const first = Math.min(Math.floor(centre), Math.max(from - 2, 0))
    start[i] = first
    weights.push(from === 1 ? Float64Array.of(1) : Float64Array.of(1 - (centre - first), centre - first))
  }
  return { start, weights }
}

const taps = (from: number, to: number): Taps => (to <= from ? areaTaps(from, to) : bilinearTaps(from, to))

/**
 * A film of another size; each axis is treated by itself. Shrinking: the exact area-weighted average for any ratio (for
 * whole factors the mean of blocks). Growing: bilinear, half-pixel centres, edge values beyond the film.
 * @param pixels [height, width], row-major, any range; the mean is kept when shrinking, the range always
 * @returns [outHeight, outWidth]
 */
export const resizeArea = (
  pixels: Float32Array,
  height: number,
  width: number,
  outHeight: number,
  outWidth: number,
): Float32Array => {
  assertFilm('resizeArea', pixels, height, width)
  assertSize('resizeArea', outHeight, outWidth)
  const across = taps(width, outWidth)
  const down = taps(height, outHeight)
  const rows = new Float64Array(height * outWidth) // [height, outWidth]
  for (let r = 0; r < height; r++) {
    for (let j = 0; j < outWidth; j++) {
      const weights = across.weights[j]!
      const from = r * width + across.start[j]!
      let sum = 0
      for (let k = 0; k < weights.length; k++) sum += weights[k]! * pixels[from + k]!
      rows[r * outWidth + j] = sum
    }
  }
  const out = new Float32Array(outHeight * outWidth)
  for (let i = 0; i < outHeight; i++) {
    const weights = down.weights[i]!
    for (let j = 0; j < outWidth; j++) {
      let sum = 0
      for (let k = 0; k < weights.length; k++) sum += weights[k]! * rows[(down.start[i]! + k) * outWidth + j]!
      out[i * outWidth + j] = sum
    }
  }
  return out
}

/**
 * The mean of each factor x factor block: `resizeArea` to height / factor, width / factor.
 * @throws GeometryError when the factor does not divide both sides
 */
export const boxAverage = (pixels: Float32Array, height: number, width: number, factor: number): Float32Array => {
  if (!Number.isSafeInteger(factor) || factor < 1 || height % factor !== 0 || width % factor !== 0) {
    throw new GeometryError('boxAverage', `blocks of ${factor} do not tile a film of ${height} x ${width}`)
  }
  return resizeArea(pixels, height, width, height / factor, width / factor)
}
