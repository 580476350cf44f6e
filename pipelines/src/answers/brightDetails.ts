// Features of a film for a reader of small bright things such as lead letters, which a weighted sum of pixels cannot find
// wherever they lie: the greatest contrast in each cell, as a convolution and max pooling would have it. Used by answer 12.

const { floor, max, min } = Math

/** Distance at which a pixel is compared, in film widths: beyond the strokes of a letter. */
const REACH = 0.05

/**
 * Per cell of a grid the greatest excess of a pixel over all four pixels at REACH above, below, left and right; at least 0.
 * @param film [size²] in [0, 1]
 * @returns [grid²]
 */
export const brightDetails = (film: Float32Array, size: number, grid: number): Float64Array => {
  const reach = max(floor(REACH * size + 0.5), 1)
  const last = size - 1
  const cells = new Float64Array(grid * grid)
  for (let row = 0; row < size; row++) {
    const above = max(row - reach, 0) * size
    const below = min(row + reach, last) * size
    for (let column = 0; column < size; column++) {
      const left = film[row * size + max(column - reach, 0)]!
      const right = film[row * size + min(column + reach, last)]!
      const excess = film[row * size + column]! - max(film[above + column]!, film[below + column]!, left, right)
      const cell = floor((row * grid) / size) * grid + floor((column * grid) / size)
      if (excess > cells[cell]!) cells[cell] = excess
    }
  }
  return cells
}
