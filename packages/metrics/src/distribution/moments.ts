/** Mean and covariance of feature rows in float64, with the weights of a resample where there are any. `frechetDistance` compares them. */
import type { Features } from './features.ts'

export interface Moments {
  /** [d] */
  readonly mean: Float64Array
  /** [d, d], symmetric, row-major, N − 1 below */
  readonly covariance: Float64Array
}

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

  const covariance = new Float64Array(d * d)
  const x = new Float64Array(d)
  for (let row = 0; row < rows; row++) {
    const w = weight(row)
    if (w === 0) continue
    for (let j = 0; j < d; j++) x[j] = values[row * d + j]! - mean[j]!
    for (let i = 0; i < d; i++) {
      const xi = w * x[i]!
      for (let j = i; j < d; j++) covariance[i * d + j]! += xi * x[j]!
    }
  }
  for (let i = 0; i < d; i++)
    for (let j = i; j < d; j++) {
      covariance[i * d + j]! /= N - 1
      covariance[j * d + i] = covariance[i * d + j]!
    }
  return { mean, covariance }
}
