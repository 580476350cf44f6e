/**
 * Linear between the two nearest order statistics, numpy's default. Of bounds, and of distributions that are reported.
 * @param sorted rising; empty gives NaN
 * @param q in [0, 1]
 */
export const quantile = (sorted: ArrayLike<number>, q: number): number => {
  const place = q * (sorted.length - 1)
  const below = Math.floor(place)
  const low = sorted[below] ?? Number.NaN
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN
  const part = place - below
  return part === 0 || low === high ? low : low + (high - low) * part // a ratio may be infinite, and ∞ − ∞ is no number
}
