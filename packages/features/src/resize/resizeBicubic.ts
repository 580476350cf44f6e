// Resizing as Pillow does it: cubic, antialiased when shrinking. Feature networks see films through it, because a filter of
// another library moves FID by several points (pitfalls of resizing; clean-fid).
import { FeaturesError } from '../FeaturesError.ts'

interface Taps {
  /** [size + 1] where the weights of each output begin */
  readonly at: Int32Array
  /** [size] first input of each output */
  readonly start: Int32Array
  readonly weights: Float64Array
}

/** Keys' cubic with a = −½, that of Pillow: 0 beyond 2. */
const cubic = (x: number): number => {
  const a = -0.5
  const t = Math.abs(x)
  if (t < 1) return ((a + 2) * t - (a + 3)) * t * t + 1
  return t < 2 ? (((t - 5) * t + 8) * t - 4) * a : 0
}

/** Output i is the mean of inputs about its centre, (i + ½)·scale, weighted by the cubic stretched by max(scale, 1). */
const tapsOf = (from: number, to: number): Taps => {
  const scale = from / to
  const stretch = Math.max(scale, 1)
  const at = new Int32Array(to + 1)
  const start = new Int32Array(to)
  const weights: number[] = []
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale
    const first = Math.max(Math.trunc(centre - 2 * stretch + 0.5), 0)
    const end = Math.min(Math.trunc(centre + 2 * stretch + 0.5), from)
    const row = Array.from({ length: end - first }, (_, k) => cubic((first + k - centre + 0.5) / stretch))
    const sum = row.reduce((a, b) => a + b, 0)
    weights.push(...row.map((weight) => weight / sum))
    start[i] = first
    at[i + 1] = weights.length
  }
  return { at, start, weights: Float64Array.from(weights) }
}

/** Of the last sizes asked for: films of a set are of one size. */
let kept: { readonly key: string; readonly across: Taps; readonly down: Taps } | undefined

/**
 * Along rows, then along columns, in float64; equal to Pillow's `resize(…, BICUBIC)` of a float image within float32's
 * rounding. The cubic overshoots at edges: values may leave the range by a few per cent.
 * @param pixels [height, width], row-major
 * @returns [outHeight, outWidth]
 * @throws FeaturesError where pixels are no film of that size, or a side is not whole and positive
 */
export const resizeBicubic = (
  pixels: ArrayLike<number>,
  height: number,
  width: number,
  outHeight: number,
  outWidth: number,
): Float32Array => {
  for (const side of [height, width, outHeight, outWidth])
    if (!Number.isSafeInteger(side) || side < 1)
      throw new FeaturesError('resizeBicubic', `sizes are whole and positive, not ${side}`)
  if (pixels.length !== height * width)
    throw new FeaturesError('resizeBicubic', `${pixels.length} pixels are no film of ${height} x ${width}`)
  const key = `${height} ${width} ${outHeight} ${outWidth}`
  if (kept?.key !== key) kept = { key, across: tapsOf(width, outWidth), down: tapsOf(height, outHeight) }
  const { across, down } = kept
  const lines = new Float64Array(height * outWidth)
  for (let r = 0; r < height; r++)
    for (let j = 0; j < outWidth; j++) {
      let sum = 0
      const end = across.at[j + 1]!
      for (let t = across.at[j]!, c = r * width + across.start[j]!; t < end; t++, c++)
        sum += across.weights[t]! * pixels[c]!
      lines[r * outWidth + j] = sum
    }
  const out = new Float32Array(outHeight * outWidth)
  const row = new Float64Array(outWidth)
  for (let i = 0; i < outHeight; i++) {
    row.fill(0)
    const end = down.at[i + 1]!
    for (let t = down.at[i]!, r = down.start[i]! * outWidth; t < end; t++, r += outWidth) {
      const weight = down.weights[t]!
      for (let j = 0; j < outWidth; j++) row[j]! += weight * lines[r + j]!
    }
    out.set(row, i * outWidth)
  }
  return out
}
