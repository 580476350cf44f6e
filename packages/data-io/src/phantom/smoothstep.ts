/**
 * The three small shaping functions that every body of the phantom is made of. Only + − × ÷ and sqrt occur, so that
 * each engine gives the same bits.
 *
 * Here and in the phantom's other inner loops the functions of Math are held in module constants: under jest every
 * mention of the global Math passes through the vm context, which made a film four times slower.
 */

const { sqrt } = Math

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
  return x > 0 ? sqrt(x) : 0
}
