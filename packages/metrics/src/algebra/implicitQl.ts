/** Eigenvalues of a symmetric tridiagonal matrix by QL sweeps with Wilkinson's shift (Golub and Van Loan, 4th ed., 8.3.5). */
import { MetricError } from '../MetricError.ts'

/** Makes e, the elements beside the diagonal, zero by rotations, of the rows of q too; d then holds the eigenvalues. d and e are [n], q [n, n] or empty. */
export const implicitQl = (d: Float64Array, e: Float64Array, q: Float64Array, n: number): void => {
  // By the size of the whole matrix, to which the reduction has rounded it: among eigenvalues of 0 nothing is small beside its neighbours.
  let size = 0
  for (let i = 0; i < n; i++) size = Math.max(size, Math.abs(d[i]!) + Math.abs(e[i]!))
  const small = (m: number): boolean => Math.abs(e[m]!) <= Number.EPSILON * size
  for (let l = 0; l < n - 1; l++) {
    for (let sweep = 0; ; sweep++) {
      let m = l
      while (m < n - 1 && !small(m)) m++
      if (m === l) break
      if (sweep === 100) throw new MetricError('matrix', 'its eigenvalues do not converge: is it symmetric?')
      const half = (d[l + 1]! - d[l]!) / (2 * e[l]!)
      let g = d[m]! - d[l]! + e[l]! / (half + (half < 0 ? -1 : 1) * Math.sqrt(half * half + 1)) // Wilkinson's shift
      let [s, c, shift] = [1, 1, 0]
      let i = m - 1
      for (; i >= l; i--) {
        const f = s * e[i]!
        const b = c * e[i]!
        const r = Math.sqrt(f * f + g * g)
        e[i + 1] = r
        if (r === 0) {
          d[i + 1]! -= shift // the matrix falls apart here
          e[m] = 0
          break
        }
        s = f / r
        c = g / r
        g = d[i + 1]! - shift
        const t = (d[i]! - g) * s + 2 * c * b
        shift = s * t
        d[i + 1] = g + shift
        g = c * t - b
        if (q.length > 0) rotate(q, i * n, n, c, s)
      }
      if (i >= l) continue
      d[l]! -= shift
      e[l] = g
      e[m] = 0
    }
  }
}

/** Row at `from` and the one after it: (x, y) ← (c·x − s·y, s·x + c·y). */
const rotate = (q: Float64Array, from: number, n: number, c: number, s: number): void => {
  for (let j = from; j < from + n; j++) {
    const x = q[j]!
    const y = q[j + n]!
    q[j] = c * x - s * y
    q[j + n] = s * x + c * y
  }
}
