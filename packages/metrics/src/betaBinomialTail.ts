/**
 * P(X ≥ count) of a beta-binomial: X of `trials` films are called so with a chance that all of them share, and that is known as a Beta(a, b)
 * variable is. Not binomial: what is not known of the chance moves all films together.
 *
 *   P(X = x) = C(N, x) B(x + a, N − x + b) / B(a, b)
 */
export const betaBinomialTail = (count: number, trials: number, a: number, b: number): number => {
  let logMass = 0 // of x = 0: Π (b + i) / (a + b + i)
  for (let i = 0; i < trials; i++) logMass += Math.log((b + i) / (a + b + i))
  let tail = 0
  for (let x = 0; x <= trials; x++) {
    if (x >= count) tail += Math.exp(logMass)
    logMass += Math.log(((trials - x) * (x + a)) / ((x + 1) * (b + trials - x - 1)))
  }
  return Math.min(1, tail)
}
