// The slow part of a thumbnail: its coordinates along the slowest cosines, which hold most of what tells two films apart.
// Used by findDuplicates to tell most pairs apart by a few numbers.
import { THUMBNAIL } from './unitThumbnail.ts'

/** Frequencies 0 to 9 a side. */
const WAVES = 10

/** [u · 32 + x]: orthonormal cosines (DCT-II). */
const COSINES = Float64Array.from({ length: WAVES * THUMBNAIL }, (_, i) => {
  const [u, x] = [Math.floor(i / THUMBNAIL), i % THUMBNAIL]
  return Math.sqrt((u === 0 ? 1 : 2) / THUMBNAIL) * Math.cos((Math.PI * (x + 0.5) * u) / THUMBNAIL)
})

/**
 * A projection on orthonormal directions, so the distance of two results is never more than that of the thumbnails.
 * @param thumbnail [32 · 32], row-major
 * @returns [10 · 10], rows by vertical frequency
 */
export const lowWaves = (thumbnail: Float32Array): Float32Array => {
  const half = new Float64Array(THUMBNAIL * WAVES) // [y, u]
  for (let y = 0; y < THUMBNAIL; y++)
    for (let u = 0; u < WAVES; u++) {
      let sum = 0
      for (let x = 0; x < THUMBNAIL; x++) sum += thumbnail[y * THUMBNAIL + x]! * COSINES[u * THUMBNAIL + x]!
      half[y * WAVES + u] = sum
    }
  const out = new Float32Array(WAVES * WAVES) // [v, u]
  for (let v = 0; v < WAVES; v++)
    for (let u = 0; u < WAVES; u++) {
      let sum = 0
      for (let y = 0; y < THUMBNAIL; y++) sum += half[y * WAVES + u]! * COSINES[v * THUMBNAIL + y]!
      out[v * WAVES + u] = sum
    }
  return out
}
