/**
 * The discrete Fourier transform X_k = Σ_n x_n e^(−2πi·kn/N) in place, radix 2 (Cooley and Tukey 1965). Of rows and columns of films,
 * whose sides generators make powers of two; `powerSpectrum` uses it.
 */
import { MetricError } from '../MetricError.ts'

/**
 * @param re real parts, [N], overwritten
 * @param im imaginary parts, [N], overwritten
 * @throws MetricError when N is not a power of two, or lengths differ
 */
export const fft = (re: Float64Array, im: Float64Array): void => {
  const n = re.length
  if (im.length !== n) throw new MetricError('im', `has ${im.length} values, re has ${n}`)
  if (!(n > 0 && (n & (n - 1)) === 0)) throw new MetricError('re', `length must be a power of two, got ${n}`)
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1
    for (; j & bit; bit >>= 1) j ^= bit
    j ^= bit // i with its bits reversed
    if (i < j) {
      ;[re[i], re[j]] = [re[j]!, re[i]!]
      ;[im[i], im[j]] = [im[j]!, im[i]!]
    }
  }
  for (let size = 2; size <= n; size *= 2) {
    const half = size / 2
    for (let k = 0; k < half; k++) {
      // each factor by itself: a product of factors would gather rounding errors
      const [c, s] = [Math.cos((-2 * Math.PI * k) / size), Math.sin((-2 * Math.PI * k) / size)]
      for (let at = k; at < n; at += size) {
        const b = at + half
        const [x, y] = [re[b]! * c - im[b]! * s, re[b]! * s + im[b]! * c]
        re[b] = re[at]! - x
        im[b] = im[at]! - y
        re[at]! += x
        im[at]! += y
      }
    }
  }
}
