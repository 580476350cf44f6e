import type { GreyFilm } from './GreyFilm.ts'

/**
 * Gaussian blur, the film's rim continued by its last pixels: scipy's `gaussian_filter(mode='nearest', truncate=4)` (P2).
 * @param sigma as a share of the film's longer side, so that films of any size lose the same structures
 */
export const blur = ({ pixels, height, width }: GreyFilm, sigma: number): Float32Array => {
  const taps = gaussianTaps(sigma * Math.max(height, width))
  const across = new Float64Array(pixels.length)
  alongRows(pixels, height, width, taps, across)
  const down = new Float64Array(pixels.length)
  alongRows(transposed(across, height, width), width, height, taps, down)
  return Float32Array.from(transposed(down, width, height))
}

/** exp(−k²/(2σ²)) for |k| ≤ ⌊4σ + ½⌋, of sum 1. */
const gaussianTaps = (sigma: number): Float64Array => {
  const reach = Math.floor(4 * sigma + 0.5)
  const taps = Float64Array.from({ length: 2 * reach + 1 }, (_, i) =>
    sigma === 0 ? 1 : Math.exp(-0.5 * ((i - reach) / sigma) ** 2),
  )
  const sum = taps.reduce((a, b) => a + b, 0)
  return taps.map((tap) => tap / sum)
}

const alongRows = (
  pixels: ArrayLike<number>,
  height: number,
  width: number,
  taps: Float64Array,
  out: Float64Array,
): void => {
  const reach = (taps.length - 1) / 2
  const line = new Float64Array(width + 2 * reach)
  for (let r = 0; r < height; r++) {
    for (let j = 0; j < line.length; j++) line[j] = pixels[r * width + Math.min(Math.max(j - reach, 0), width - 1)]!
    for (let j = 0; j < width; j++) {
      let sum = 0
      for (let k = 0; k < taps.length; k++) sum += taps[k]! * line[j + k]!
      out[r * width + j] = sum
    }
  }
}

const transposed = (pixels: Float64Array, height: number, width: number): Float64Array => {
  const out = new Float64Array(pixels.length)
  for (let r = 0; r < height; r++) for (let c = 0; c < width; c++) out[c * height + r] = pixels[r * width + c]!
  return out
}
