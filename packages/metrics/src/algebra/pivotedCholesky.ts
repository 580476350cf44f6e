/**
 * Cholesky's factor of a covariance of any rank, with the largest diagonal first, in blocks (Higham 2009; LAPACK's dpstrf): what is left out
 * is nowhere larger than rounding.
 */
import { addTransposedProduct } from './transposedProduct.ts'

export interface PivotedCholesky {
  /** [rank, n], row-major, zeros left of the diagonal: row i, column j of the matrix in its new order */
  readonly factor: Float64Array
  readonly rank: number
  /** [n], row `order[i]` of the matrix comes i-th */
  readonly order: Int32Array
}

/** Rows of the factor made at once. */
const BLOCK = 64

/**
 * A[order, order] = RᵀR.
 * @param matrix [n, n], symmetric and positive semi-definite but for rounding; only its upper triangle is read
 */
export const pivotedCholesky = (matrix: Float64Array, n: number): PivotedCholesky => {
  const a = matrix.slice()
  const order = Int32Array.from({ length: n }, (_, i) => i)
  /** of the diagonal, what the rows of the factor so far do not explain */
  const left = Float64Array.from({ length: n }, (_, i) => a[i * n + i]!)
  const least = n * Number.EPSILON * left.reduce((most, v) => Math.max(most, v), 0)
  let rank = 0
  while (rank < n) {
    const top = rank
    const bottom = Math.min(top + BLOCK, n)
    for (let j = top; j < bottom; j++) {
      const pivot = largestFrom(left, j)
      if (!(left[pivot]! > least)) return finished(a, order, rank, n)
      if (pivot !== j) exchange(a, left, order, j, pivot, n)
      rank = j + 1
      nextRow(a, left, { top, j }, n)
    }
    const panel = { values: a, offset: top * n + bottom, down: n, across: 1 }
    const rest = n - bottom
    if (rest > 0)
      addTransposedProduct(
        { values: a, offset: bottom * n + bottom, down: n },
        panel,
        panel,
        { k: bottom - top, m: rest, n: rest },
        { upper: true, alpha: -1 },
      )
  }
  return finished(a, order, rank, n)
}

/** Where the largest value is, from j on; the first of equals. */
const largestFrom = (values: Float64Array, j: number): number => {
  let best = j
  for (let i = j + 1; i < values.length; i++) if (values[i]! > values[best]!) best = i
  return best
}

/** Columns and rows j < p of the upper triangle in each other's place. */
const exchange = (a: Float64Array, left: Float64Array, order: Int32Array, j: number, p: number, n: number): void => {
  const swap = (x: number, y: number): void => {
    const kept = a[x]!
    a[x] = a[y]!
    a[y] = kept
  }
  for (let i = 0; i < j; i++) swap(i * n + j, i * n + p)
  for (let i = j + 1; i < p; i++) swap(j * n + i, i * n + p)
  for (let i = p + 1; i < n; i++) swap(j * n + i, p * n + i)
  const [first, most] = [order[j]!, left[j]!]
  order[j] = order[p]!
  order[p] = first
  left[j] = left[p]!
  left[p] = most
}

/** Row j of the factor from that of the matrix, less what the rows of this block from `top` on hold of it. */
const nextRow = (a: Float64Array, left: Float64Array, { top, j }: Record<'top' | 'j', number>, n: number): void => {
  for (let k = top; k < j; k++) {
    const factor = a[k * n + j]!
    for (let i = j + 1; i < n; i++) a[j * n + i]! -= factor * a[k * n + i]!
  }
  const diagonal = Math.sqrt(left[j]!)
  a[j * n + j] = diagonal
  for (let i = j + 1; i < n; i++) {
    const value = a[j * n + i]! / diagonal
    a[j * n + i] = value
    left[i]! -= value * value
  }
}

const finished = (a: Float64Array, order: Int32Array, rank: number, n: number): PivotedCholesky => {
  const factor = a.subarray(0, rank * n)
  for (let i = 0; i < rank; i++) factor.fill(0, i * n, i * n + i)
  return { factor, rank, order }
}
