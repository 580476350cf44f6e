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
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513,
  133.14166789178438, 3.3871328727963665,
]
const B = [
  5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579,
  42.31333070160091, 1,
]
const C = [
  0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
  5.769497221460691, 4.630337846156546, 1.4234371107496835,
]
const D = [
  1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
  1.6763848301838038, 2.053191626637759, 1,
]

// ln m = 2 artanh s, s = (m - 1) / (m + 1): odd powers of s, |s| < 0.172 after the reduction below, error under 1e-17.
const ARTANH = [1 / 21, 1 / 19, 1 / 17, 1 / 15, 1 / 13, 1 / 11, 1 / 9, 1 / 7, 1 / 5, 1 / 3, 1]

/** ln n for a whole number 1 <= n < 2^32. */
const logOfWord = (n: number): number => {
  let exponent = 31 - Math.clz32(n)
  let m = n / ((1 << exponent) >>> 0) // exact, in [1, 2)
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
