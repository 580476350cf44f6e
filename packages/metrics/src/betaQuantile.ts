/** Quantiles of the beta distribution, from which `clopperPearson` takes its bounds. */
import { incompleteBeta } from './incompleteBeta.ts'

/**
 * The x with I_x(a, b) = p, by bisection to the last bit: a few are wanted a report, so speed is of no account.
 * @param p in [0, 1] @param a above 0 @param b above 0
 */
export const betaQuantile = (p: number, a: number, b: number): number => {
  let [low, high] = [0, 1]
  for (;;) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) return middle
    if (incompleteBeta(middle, 1 - middle, a, b) < p) low = middle
    else high = middle
  }
}
