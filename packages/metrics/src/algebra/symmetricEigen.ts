/**
 * Eigenvalues and eigenvectors of a symmetric matrix in float64. Householder reduction to a tridiagonal matrix, then implicit QL with
 * Wilkinson's shift (Golub and Van Loan, Matrix Computations, 4th ed., 8.3). `principalProjection` needs it; `symmetricEigenvalues` is faster where no vectors are
 * asked for. Everything runs along rows: eigenvectors are rows, so that a rotation touches two runs of memory.
 */
import { MetricError } from '../MetricError.ts'
import { implicitQl } from './implicitQl.ts'

export interface SymmetricEigen {
  /** [n], ascending */
  readonly values: Float64Array
  /** [n, n], row i belongs to value i and has norm 1 */
  readonly vectors: Float64Array
}

/**
 * @param matrix [n, n], row-major; values are those of its upper triangle, the lower one holds no larger number
 * @throws MetricError when a number is not finite
 */
export const symmetricEigen = (matrix: Float64Array, n: number): SymmetricEigen => {
  const scale = matrix.reduce((most, v) => Math.max(most, Math.abs(v)), 0)
  if (!Number.isFinite(scale)) throw new MetricError('matrix', 'holds a number that is not finite')
  if (scale === 0) return { values: new Float64Array(n), vectors: identity(n) }
  const { diagonal, off, q } = tridiagonal(
    matrix.map((v) => v / scale), // so that no square leaves the range of doubles
    n,
  )
  implicitQl(diagonal, off, q, n)
  const order = Array.from({ length: n }, (_, i) => i).toSorted((i, j) => diagonal[i]! - diagonal[j]!)
  const sorted = new Float64Array(n * n)
  order.forEach((from, to) => sorted.set(q.subarray(from * n, (from + 1) * n), to * n))
  return { values: Float64Array.from(order, (i) => diagonal[i]! * scale), vectors: sorted }
}

const identity = (n: number): Float64Array => {
  const one = new Float64Array(n * n)
  for (let i = 0; i < n; i++) one[i * n + i] = 1
  return one
}

/** T = Q A Qᵀ with Q = H(n−3) … H(0), H(k) = I − β v vᵀ. Row k of `a` keeps v(k) right of its diagonal. */
const tridiagonal = (
  a: Float64Array,
  n: number,
): { readonly diagonal: Float64Array; readonly off: Float64Array; readonly q: Float64Array } => {
  const off = new Float64Array(n)
  const betas = new Float64Array(n)
  const p = new Float64Array(n)
  for (let k = 0; k < n - 2; k++) {
    const v = a.subarray(k * n, (k + 1) * n)
    let sigma = 0
    for (let j = k + 2; j < n; j++) sigma += v[j]! * v[j]!
    const alpha = v[k + 1]!
    if (sigma === 0) {
      off[k] = alpha
      continue
    }
    const mu = Math.sqrt(alpha * alpha + sigma)
    const first = alpha <= 0 ? alpha - mu : -sigma / (alpha + mu) // no cancellation either way
    const beta = (2 * first * first) / (sigma + first * first)
    for (let j = k + 2; j < n; j++) v[j]! /= first
    v[k + 1] = 1
    off[k] = mu
    betas[k] = beta

    // p = β A v, then w = p − (β/2)(pᵀv) v and A ← A − v wᵀ − w vᵀ, all in the upper triangle
    p.fill(0, k + 1)
    for (let i = k + 1; i < n; i++) {
      const vi = v[i]!
      const row = i * n
      let sum = a[row + i]! * vi
      for (let j = i + 1; j < n; j++) {
        const aij = a[row + j]!
        sum += aij * v[j]!
        p[j]! += aij * vi
      }
      p[i]! += sum
    }
    let along = 0
    for (let j = k + 1; j < n; j++) {
      p[j]! *= beta
      along += p[j]! * v[j]!
    }
    for (let j = k + 1; j < n; j++) p[j]! -= (beta / 2) * along * v[j]!
    for (let i = k + 1; i < n; i++) {
      const vi = v[i]!
      const wi = p[i]!
      const row = i * n
      for (let j = i; j < n; j++) a[row + j]! -= vi * p[j]! + wi * v[j]!
    }
  }
  if (n > 1) off[n - 2] = a[(n - 2) * n + n - 1]!
  const diagonal = Float64Array.from({ length: n }, (_, i) => a[i * n + i]!)
  const q = identity(n)
  // from the last reflection back, so that rows up to k are still those of the identity
  for (let k = n - 3; k >= 0; k--) {
    if (betas[k] === 0) continue
    for (let r = k + 1; r < n; r++) {
      let along = 0
      for (let j = k + 1; j < n; j++) along += q[r * n + j]! * a[k * n + j]!
      along *= betas[k]!
      for (let j = k + 1; j < n; j++) q[r * n + j]! -= along * a[k * n + j]!
    }
  }
  return { diagonal, off, q }
}
