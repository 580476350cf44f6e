// The map from a film as it is on disk to a square film of a given side: zeros (black) beside or above and below what is
// not square, then the area average (bilinear when growing). Boxes follow by the same map. Used by readFilm.
import { resizeArea } from '@radiograft/geometry'
import type { Box } from '@radiograft/geometry'

/** x on the square film = (x + padX) · scale; y likewise. */
export interface FilmMap {
  readonly scale: number
  /** columns of zeros on the left, in pixels of the source */
  readonly padX: number
  /** rows of zeros above */
  readonly padY: number
}

/** The map of a film of rows x columns to size x size; of an odd number of padding lines the smaller half comes first. */
export const filmMap = (rows: number, columns: number, size: number): FilmMap => {
  const side = Math.max(rows, columns)
  return { scale: size / side, padX: Math.floor((side - columns) / 2), padY: Math.floor((side - rows) / 2) }
}

export const mapBox = (box: Box, { scale, padX, padY }: FilmMap): Box => [
  (box[0] + padX) * scale,
  (box[1] + padY) * scale,
  (box[2] + padX) * scale,
  (box[3] + padY) * scale,
]

/**
 * @param pixels [rows · columns] in [0, 1]
 * @returns [size · size] in [0, 1]
 */
export const letterbox = (pixels: Float32Array, rows: number, columns: number, size: number): Float32Array => {
  if (rows === columns) return resizeArea(pixels, rows, columns, size, size)
  const side = Math.max(rows, columns)
  const { padX, padY } = filmMap(rows, columns, size)
  const square = new Float32Array(side * side)
  for (let r = 0; r < rows; r++) square.set(pixels.subarray(r * columns, (r + 1) * columns), (r + padY) * side + padX)
  return resizeArea(square, side, side, size, size)
}
