// The extractor that is always there: a film's pixels at 32 x 32, by area average. Nothing is learned, so it needs no
// weights and no tensors; it sees brightness and coarse shape and no texture.
import { resizeArea } from '@radiograft/geometry'
import type { Extractor } from './Extractor.ts'

/**
 * Features are pixels in [0, 1], row-major. Films of any size; a film that is not square is squeezed.
 * @param side @default 32, that of nearest films (row G7)
 */
export const pixelExtractor = (side = 32): Extractor => ({
  name: `pixels-${side}x${side}`,
  sha256: null,
  resizeFilter: `area-${side}`,
  columns: side * side,
  extract: ({ pixels, count, height, width }) => {
    const values = new Float32Array(count * side * side)
    for (let i = 0; i < count; i++) {
      const film = Float32Array.from(pixels.subarray(i * height * width, (i + 1) * height * width))
      values.set(resizeArea(film, height, width, side, side), i * side * side)
    }
    return { values, rows: count, columns: side * side }
  },
  dispose: () => {},
})
