/**
 * The three small shaping functions that every body of the phantom is made of. Only + − × ÷ and sqrt occur, so that
 * each engine gives the same bits.
 */

/** x limited to [low, high]. */
export function clamp(x: number, low: number, high: number): number {
  return x < low ? low : x > high ? high : x
}

/** Smooth step from 0 at `a` to 1 at `b`; falling where a > b. */
export function smoothstep(a: number, b: number, x: number): number {
  const t = clamp((x - a) / (b - a), 0, 1)
  return t * t * (3 - 2 * t)
}

/** Square root of the positive part. */
export function rootOf(x: number): number {
  return x > 0 ? Math.sqrt(x) : 0
}
