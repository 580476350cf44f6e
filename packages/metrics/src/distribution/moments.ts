/** Mean and covariance of feature rows in float64, with the weights of a resample where there are any. `frechetDistance` compares them. */
import { addTransposedProduct } from '../algebra/transposedProduct.ts'
import type { Features } from './features.ts'

export interface Moments {
  /** [d] */
  readonly mean: Float64Array
  /** [d, d], symmetric, row-major, N − 1 below */
  readonly covariance: Float64Array
}

const BLOCK = 32

/**
 * μ = Σ w x / N and Σ w (x − μ)(x − μ)ᵀ / (N − 1) with N = Σ w: numpy's `cov`, in two passes so that a large mean costs no digits.
 * @param weights how often each row counts, whole numbers; each once when left out
 */
export const moments = (
  { values, rows, columns: d }: Features,
  weights: ArrayLike<number> = { length: 0 },
): Moments => {
  const weight = (row: number): number => weights[row] ?? 1
  const mean = new Float64Array(d)
  let N = 0
  for (let row = 0; row < rows; row++) {
    const w = weight(row)
    N += w
    if (w !== 0) for (let j = 0; j < d; j++) mean[j]! += w * values[row * d + j]!
  }
  for (let j = 0; j < d; j++) mean[j]! /= N

  // rows that count, less the mean; w (x − μ) beside them where they count unlike
  const counted = Array.from({ length: rows }, (_, row) => row).filter((row) => weight(row) !== 0)
  const centred = new Float64Array(counted.length * d)
  const weighted = weights.length === 0 ? centred : new Float64Array(counted.length * d)
  counted.forEach((row, i) => {
    const w = weight(row)
    for (let j = 0; j < d; j++) {
      const x = values[row * d + j]! - mean[j]!
      centred[i * d + j] = x
      if (weighted !== centred) weighted[i * d + j] = w * x
    }
  })
  const right = { values: centred, offset: 0, down: d, across: 1 }
  const covariance = new Float64Array(d * d)
  addTransposedProduct(
    { values: covariance, offset: 0, down: d },
    weighted === centred ? right : { ...right, values: weighted },
    right,
    { k: counted.length, m: d, n: d },
    { upper: true },
  )
  // block by block, so that columns are written while their lines are in the cache
  for (let top = 0; top < d; top += BLOCK)
    for (let left = top; left < d; left += BLOCK)
      for (let i = top; i < Math.min(d, top + BLOCK); i++)
        for (let j = Math.max(i, left); j < Math.min(d, left + BLOCK); j++) {
          const value = covariance[i * d + j]! / (N - 1)
          covariance[i * d + j] = value
          covariance[j * d + i] = value
        }
  return { mean, covariance }
}
