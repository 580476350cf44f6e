// Blackens where the side marker and the letters AP stand: the remedy for a reader that reads them (answer 12).

/** Markers lie within .14 of the top and, with the letters beside them, within .2 of a side. */
const HEIGHT = 0.17
const WIDTH = 0.2

/** @param film [size²], any range; 0 is black */
export const maskCorners = (film: Float32Array, size: number): Float32Array => {
  const kept = film.slice()
  const wide = Math.ceil(WIDTH * size)
  for (let row = 0; row < Math.ceil(HEIGHT * size); row++) {
    kept.fill(0, row * size, row * size + wide)
    kept.fill(0, (row + 1) * size - wide, (row + 1) * size)
  }
  return kept
}
