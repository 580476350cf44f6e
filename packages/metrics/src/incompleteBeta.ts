/**
 * The regularised incomplete beta function, from which `studentT` takes its distribution. Continued fraction by Lentz's method
 * (DLMF 8.17.22), which converges fast left of (a + 1)/(a + b + 2); beyond it I_x(a, b) = 1 − I_{1−x}(b, a).
 */

/**
 * I_x(a, b) = ∫₀ˣ t^(a−1) (1 − t)^(b−1) dt / B(a, b).
 * @param x in [0, 1]
 * @param y 1 − x, asked for because near 1 the subtraction would lose what the caller knows exactly
 */
export const incompleteBeta = (x: number, y: number, a: number, b: number): number => {
  if (x <= 0) return 0
  if (y <= 0) return 1
  const front = Math.exp(a * logOf(x, y) + b * logOf(y, x) - logBeta(a, b))
  return x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(y, b, a)) / b
}

/** ln x; near 1 by its distance y from there. */
const logOf = (x: number, y: number): number => (x > 0.5 ? Math.log1p(-y) : Math.log(x))

const fraction = (x: number, a: number, b: number): number => {
  const least = 1e-300 // Lentz: a denominator of 0 would end the fraction
  const kept = (v: number): number => (Math.abs(v) < least ? least : v)
  let c = 1
  let d = 1 / kept(1 - ((a + b) * x) / (a + 1))
  let found = d
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / kept(1 + even * d)
    c = kept(1 + even / c)
    found *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / kept(1 + odd * d)
    c = kept(1 + odd / c)
    found *= d * c
    if (Math.abs(d * c - 1) < 1e-15) return found
  }
  return found
}

/**
 * ln B(a, b). Stirling's series (DLMF 5.11.1) beyond 12, the large terms of which cancel by hand where a is large:
 * ln Γ(5000.5) − ln Γ(5000) taken as such would lose four digits.
 */
const logBeta = (a: number, b: number): number => {
  const [small, large] = a < b ? [a, b] : [b, a]
  if (large < 12) return logGamma(small) + logGamma(large) - logGamma(small + large)
  const sum = small + large
  const falling = (0.5 - large) * Math.log1p(small / large) - small * Math.log(sum) + small
  return logGamma(small) + falling + stirling(large) - stirling(sum)
}

const stirling = (z: number): number =>
  (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / (1188 * z * z)) / (z * z)) / (z * z)) / (z * z)) / z

const logGamma = (z: number): number => {
  let product = 1
  let shifted = z
  while (shifted < 12) product *= shifted++ // Γ(z + 1) = z Γ(z)
  return (
    (shifted - 0.5) * Math.log(shifted) - shifted + Math.log(2 * Math.PI) / 2 + stirling(shifted) - Math.log(product)
  )
}
