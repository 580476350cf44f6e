// Interval of a difference of two independent proportions: Newcombe, Statistics in Medicine 17 (1998) 873, method 10. Used
// where every patient has one film.

const Z = 1.959963984540054 // of 95 %

/** Wilson's score interval of a proportion. */
const wilson = (hits: number, of: number): readonly [low: number, high: number] => {
  const p = hits / of
  const centre = p + Z ** 2 / (2 * of)
  const reach = Z * Math.sqrt((p * (1 - p)) / of + Z ** 2 / (4 * of ** 2))
  const scale = 1 + Z ** 2 / of
  return [(centre - reach) / scale, (centre + reach) / scale]
}

/**
 * p1 − p0 with its 95 % interval; it stays sensible at proportions of 0 and 1 and in small groups.
 * @param of1, of0 at least 1
 */
export const newcombe = (
  hits1: number,
  of1: number,
  hits0: number,
  of0: number,
): { readonly value: number; readonly low: number; readonly high: number } => {
  const [p1, p0] = [hits1 / of1, hits0 / of0]
  const [l1, u1] = wilson(hits1, of1)
  const [l0, u0] = wilson(hits0, of0)
  return {
    value: p1 - p0,
    low: p1 - p0 - Math.hypot(p1 - l1, u0 - p0),
    high: p1 - p0 + Math.hypot(u1 - p1, p0 - l0),
  }
}
