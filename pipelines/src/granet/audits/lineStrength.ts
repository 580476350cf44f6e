/**
 * How strongly a straight line down the columns stands out of what lies beside it, for every place that it could start at.
 * Used by `seamFeatures`.
 */

/** Lines this far to either side are the surroundings: nearer ones share the seam's own response. */
const NEAR = 3
const FAR = 7

/**
 * The mean response along a line, squared, over the mean square of such lines beside it and the share of noise in it.
 * @param response [height · width], signed, of a filter across the line
 * @param noise typical size of the response at one pixel
 * @returns [height · width]: of the line of `length` pixels that starts there; 0 where it would leave the film
 */
export const lineStrength = (
  response: Float32Array,
  height: number,
  width: number,
  length: number,
  noise: number,
): Float32Array => {
  const strength = new Float32Array(response.length)
  const sums = new Float64Array(width)
  const squares = new Float64Array(width + 1) // before each column
  const floor = noise ** 2 / length
  for (let y = 0; y < height; y++) {
    const start = y - length + 1
    for (let x = 0; x < width; x++) {
      sums[x]! += response[y * width + x]!
      if (start > 0) sums[x]! -= response[(start - 1) * width + x]!
      squares[x + 1] = squares[x]! + (sums[x]! / length) ** 2
    }
    if (start < 0) continue
    const sumOf = (from: number, to: number): number => squares[to]! - squares[from]!
    for (let x = 0; x < width; x++) {
      const [a, b] = [Math.max(0, x - FAR), Math.max(0, x - NEAR + 1)]
      const [c, d] = [Math.min(width, x + NEAR), Math.min(width, x + FAR + 1)]
      const around = (sumOf(a, b) + sumOf(c, d)) / (b - a + d - c)
      strength[start * width + x] = (sums[x]! / length) ** 2 / (around + floor)
    }
  }
  return strength
}
