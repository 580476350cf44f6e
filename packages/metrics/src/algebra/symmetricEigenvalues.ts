/**
 * Eigenvalues of a symmetric matrix in float64, without eigenvectors: Householder reduction in which each row is read once a reflection, the
 * last one's update and the next one's product in one go, then implicit QL (Golub and Van Loan, Matrix Computations, 4th ed., 8.3).
 */
import { MetricError } from '../MetricError.ts'
import { implicitQl } from './implicitQl.ts'
import { kernels, type Kernels } from './kernels.ts'
import { WOVEN } from './layout.ts'

/**
 * @param matrix [n, n], row-major; only its upper triangle is read
 * @returns [n], ascending
 * @throws MetricError when a number is not finite
 */
export const symmetricEigenvalues = (matrix: Float64Array, n: number): Float64Array => {
  let scale = 0
  for (let i = 0; i < n; i++)
    for (let j = i; j < n; j++) {
      const size = Math.abs(matrix[i * n + j]!)
      if (!(size <= Number.MAX_VALUE)) throw new MetricError('matrix', 'holds a number that is not finite')
      if (size > scale) scale = size
    }
  if (scale === 0) return new Float64Array(n)
  const { diagonal, off } = tridiagonal(matrix, n, scale)
  implicitQl(diagonal, off, new Float64Array(), n)
  return diagonal.toSorted().map((value) => value * scale)
}

/** T = Q A/scale Qᵀ with Q = H(n−3) … H(0), H(k) = I − β x xᵀ. @param scale so that no square leaves the range of doubles */
const tridiagonal = (
  matrix: Float64Array,
  n: number,
  scale: number,
): { readonly diagonal: Float64Array; readonly off: Float64Array } => {
  const { reserve, sweep } = kernels()
  const width = n + (n % 2) // pairs of columns; the last one of an odd number is zero throughout
  const woven = n * width
  const m = reserve(woven + (width / 2) * WOVEN.length)
  m.fill(0, 0, woven + (width / 2) * WOVEN.length)
  for (let i = 0; i < n; i++) for (let j = i; j < n; j++) m[i * width + j] = matrix[i * n + j]! / scale
  /** place of element j of one of the vectors */
  const at = (vector: number, j: number): number => woven + (j >> 1) * WOVEN.length + (j & 1) + vector
  const { v, w, x, p } = WOVEN

  const diagonal = new Float64Array(n)
  const off = new Float64Array(n)
  for (let r = 0; r < n; r++) {
    const row = r * width
    // the last reflection: a ← a − v wᵀ − w vᵀ
    const [vr, wr] = [m[at(v, r)]!, m[at(w, r)]!]
    for (let j = r; j < n; j++) m[row + j]! -= vr * m[at(w, j)]! + wr * m[at(v, j)]!
    diagonal[r] = m[row + r]!
    if (r === n - 1) break
    if (r === n - 2) {
      off[r] = m[row + r + 1]!
      continue
    }
    const { beta, mu } = reflection(m, row, r, n)
    off[r] = mu
    for (let j = r + 1; j < n; j++) {
      m[at(x, j)] = beta === 0 ? 0 : j === r + 1 ? 1 : m[row + j]!
      m[at(p, j)] = 0
    }
    sweepRows(sweep, m, { from: r + 1, n, width, woven })
    // p = β A x; the next w = p − (β/2)(pᵀx) x
    let along = 0
    for (let j = r + 1; j < n; j++) along += m[at(p, j)]! * m[at(x, j)]!
    for (let j = r + 1; j < n; j++) {
      const xj = m[at(x, j)]!
      m[at(v, j)] = xj
      m[at(w, j)] = beta * m[at(p, j)]! - (beta / 2) * beta * along * xj
    }
  }
  return { diagonal, off }
}

/** Makes the row right of r's neighbour zero but for μ in its first place: the row holds x behind its first 1. β = 0 where it is zero already. */
const reflection = (
  m: Float64Array,
  row: number,
  r: number,
  n: number,
): { readonly beta: number; readonly mu: number } => {
  let sigma = 0
  for (let j = r + 2; j < n; j++) sigma += m[row + j]! ** 2
  const alpha = m[row + r + 1]!
  if (sigma === 0) return { beta: 0, mu: alpha }
  const mu = Math.sqrt(alpha * alpha + sigma)
  const first = alpha <= 0 ? alpha - mu : -sigma / (alpha + mu) // no cancellation either way
  for (let j = r + 2; j < n; j++) m[row + j]! /= first
  return { beta: (2 * first * first) / (sigma + first * first), mu }
}

/** Rows from…n two at a time, those left of an even column and the triangle on the diagonal by themselves. */
const sweepRows = (
  sweep: Kernels['sweep'],
  m: Float64Array,
  { from, n, width, woven }: Record<'from' | 'n' | 'width' | 'woven', number>,
): void => {
  const { length, v, w, x, p } = WOVEN
  const pairAt = (j: number): number => woven + (j >> 1) * length
  /** one element, on the diagonal once and beside it for both of its rows */
  const one = (i: number, j: number): void => {
    const [a, b, at] = [pairAt(i) + (i & 1), pairAt(j) + (j & 1), i * width + j]
    const value = m[at]! - m[a + v]! * m[b + w]! - m[a + w]! * m[b + v]!
    m[at] = value
    m[a + p]! += value * m[b + x]!
    if (i !== j) m[b + p]! += value * m[a + x]!
  }
  let i = from
  if (i % 2 === 1) {
    for (let j = i; j < n; j++) one(i, j)
    i++
  }
  for (; i + 1 < n; i += 2) {
    one(i, i)
    one(i, i + 1)
    one(i + 1, i + 1)
    const pairs = (width - i - 2) / 2
    if (pairs > 0) sweep(i * width + i + 2, (i + 1) * width + i + 2, pairAt(i), pairAt(i + 2), pairs)
  }
  if (i < n) one(i, i)
}
