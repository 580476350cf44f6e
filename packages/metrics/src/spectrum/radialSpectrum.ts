/** Power by the length of its frequency, all directions averaged: real films fall off smoothly, upsampling leaves bumps at its end. */
import type { PowerSpectrum } from './powerSpectrum.ts'

/**
 * Ring k holds the frequencies whose length √((u/H)² + (v/W)²) · min(H, W) rounds to k; corners beyond the last ring are left out.
 * @returns [min(H, W)/2 + 1] mean power a frequency
 */
export const radialSpectrum = ({ power, height, width }: PowerSpectrum): Float64Array => {
  const side = Math.min(height, width)
  const sums = new Float64Array(side / 2 + 1)
  const counts = new Float64Array(side / 2 + 1)
  for (let row = 0; row < height; row++) {
    const u = Math.min(row, height - row) / height
    for (let column = 0; column < width; column++) {
      const v = Math.min(column, width - column) / width
      const ring = Math.round(Math.hypot(u, v) * side)
      if (ring >= sums.length) continue
      sums[ring]! += power[row * width + column]!
      counts[ring]! += 1
    }
  }
  return sums.map((sum, ring) => sum / counts[ring]!)
}
