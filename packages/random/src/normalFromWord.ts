// One 32-bit word to one standard normal number, by inverting the distribution function. Used by `Rng.normals`.
// Only + - x / and sqrt, which IEEE 754 fixes to the last bit; Math.log and Math.cos differ between engines.
import { RandomArgumentError } from './RandomArgumentError.ts'

/** Horner's rule, highest power first. */
const polynomial = (coefficients: ReadonlyArray<number>, x: number): number => {
  let sum = 0
  for (let i = 0; i < coefficients.length; i++) sum = sum * x + coefficients[i]!
  return sum
}

// Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37 (1988), routine
// PPND16, relative accuracy about 1e-16: A/B for the central 85 %, C/D for the tails. Its third branch (p below e^-25)
// is left out because the smallest p here is 2^-33 = e^-22.9.
const A = [
  2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457, 13731.693765509461125,
  1971.5909503065514427, 133.14166789178437745, 3.387132872796366608,
]
const B = [
  5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867, 5394.1960214247511077,
  687.1870074920579083, 42.313330701600911252, 1,
]
const C = [
  7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258,
  3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734,
]
const D = [
  1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459,
  0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1,
]

// ln m = 2 artanh s, s = (m - 1) / (m + 1): odd powers of s, |s| < 0.172 after the reduction below, error under 1e-17.
const ARTANH = [1 / 21, 1 / 19, 1 / 17, 1 / 15, 1 / 13, 1 / 11, 1 / 9, 1 / 7, 1 / 5, 1 / 3, 1]

/** ln n for a whole number 1 <= n < 2^32. */
const logOfWord = (n: number): number => {
  let exponent = 31 - Math.clz32(n)
  let m = n / 2 ** exponent // exact, in [1, 2)
  if (m > Math.SQRT2) {
    m /= 2
    exponent += 1
  }
  const s = (m - 1) / (m + 1)
  return exponent * Math.LN2 + 2 * s * polynomial(ARTANH, s * s)
}

/**
 * The standard normal number whose distribution function is (word + 1/2) / 2^32: symmetric about 0, never 0, and at
 * most 6.3 in magnitude (beyond that one number in 3e9 would lie).
 * @param word an unsigned 32-bit integer
 */
export const normalFromWord = (word: number): number => {
  if (!(word >= 0 && word < 2 ** 32)) throw new RandomArgumentError('word', word, 'an unsigned 32-bit integer')
  const q = (word + 0.5 - 2 ** 31) / 2 ** 32 // p - 1/2, exact
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q
    return (q * polynomial(A, r)) / polynomial(B, r)
  }
  // The tail's probability is (2 rank + 1) / 2^33, by symmetry on both sides.
  const rank = q < 0 ? word : 2 ** 32 - 1 - word
  const r = Math.sqrt(33 * Math.LN2 - logOfWord(2 * rank + 1)) - 1.6
  const x = polynomial(C, r) / polynomial(D, r)
  return q < 0 ? -x : x
}
