// One grey scale for several maps: pictures of residuals say something only when they share what white means.

/**
 * The value that is shown white: the 99.5th percentile of all maps together, so that single hot pixels do not darken the
 * rest, rounded up to two significant digits; never 0.
 */
export const whiteFor = (maps: ReadonlyArray<Float32Array>): number => {
  const values = new Float32Array(maps.reduce((sum, map) => sum + map.length, 0))
  let at = 0
  for (const map of maps) {
    values.set(map, at)
    at += map.length
  }
  values.sort()
  const high = values[Math.floor(0.995 * (values.length - 1))] ?? 0
  if (!(high > 0)) return 1
  const unit = 10 ** (Math.floor(Math.log10(high)) - 1)
  return Number((Math.ceil(high / unit - 1e-6) * unit).toPrecision(2))
}

/** The map over `white`: what is shown, values above 1 being white. */
export const toWhite = (map: Float32Array, white: number): Float32Array => map.map((value) => value / white)
