/**
 * Student's t with any degrees of freedom ν > 0, by its upper tail, which is exact where it is small (1 − a distribution
 * function is not). `seedInterval` takes its bounds and p from it.
 */
import { incompleteBeta } from './incompleteBeta.ts'

/** P(T > t) = I_{ν/(ν+t²)}(ν/2, 1/2) / 2 for t ≥ 0; the distribution function at t is that of −t. */
export const studentTail = (t: number, df: number): number => {
  if (t < 0) return 1 - studentTail(-t, df)
  if (t === Infinity) return 0
  const square = t * t
  return incompleteBeta(df / (df + square), square / (df + square), df / 2, 0.5) / 2
}

/** The t with P(T > t) = tail, by bisection to the last bit: a few are wanted an interval, so speed is of no account. */
export const studentQuantile = (tail: number, df: number): number => {
  if (tail > 0.5) return -studentQuantile(1 - tail, df)
  if (tail === 0.5) return 0
  if (!(tail > 0)) return Infinity
  let [low, high] = [0, 1]
  while (studentTail(high, df) > tail) [low, high] = [high, 2 * high]
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) break
    if (studentTail(middle, df) > tail) low = middle
    else high = middle
  }
  return (low + high) / 2
}
