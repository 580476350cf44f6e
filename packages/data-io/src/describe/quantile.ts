// Quantiles as numpy's default gives them. Used for ages, boxes and resampled statistics.

/**
 * Linear between the two nearest order statistics.
 * @param sorted rising, at least one value
 * @param q in [0, 1]
 */
export const quantile = (sorted: ArrayLike<number>, q: number): number => {
  const place = q * (sorted.length - 1)
  const below = Math.floor(place)
  const low = sorted[below]!
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!
  return low + (high - low) * (place - below)
}
