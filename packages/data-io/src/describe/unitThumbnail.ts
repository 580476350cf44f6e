// A film as a direction: its 32 x 32 pixels without their mean and contrast. The scalar product of two is the correlation
// of the thumbnails. Used by findDuplicates.
import { resizeArea } from '@radiograft/geometry'

/** Side of a thumbnail, as in every nearest-neighbour search here (row G7). */
export const THUMBNAIL = 32

/**
 * @param pixels [size · size], in [0, 1]
 * @returns [32 · 32], row-major, mean 0, length 1; undefined for a film of a single grey value, which has no direction
 */
export const unitThumbnail = (pixels: Float32Array, size: number): Float32Array | undefined => {
  const small = resizeArea(pixels, size, size, THUMBNAIL, THUMBNAIL)
  const mean = small.reduce((sum, value) => sum + value, 0) / small.length
  const length = Math.sqrt(small.reduce((sum, value) => sum + (value - mean) ** 2, 0))
  // one grey level of 65,535 in one pixel of the thumbnail is 1.5e-5; rounding leaves less than this
  return length < 1e-5 ? undefined : small.map((value) => (value - mean) / length)
}
