/**
 * Logistic regression with a ridge, by Newton's method: a convex problem, so it has one answer and needs no seed. Used by
 * `graftForensics`. Features are standardised on the training rows, and the ridge is taken in those units.
 *
 * minimises Σ log(1 + exp(−±z)) + ½ λ |w|², z = b + wᵀx; the gradient is Xᵀ(p − y) + λw, the Hessian Xᵀ diag(p(1 − p)) X + λ.
 */
export interface LogisticOptions {
  /** λ, in units of one training row @default 1 */
  readonly ridge?: number
}

/**
 * @param x rows of as many features each
 * @param y 1 or 0 a row
 * @returns the log odds of a row
 */
export const logisticRegression = (
  x: ReadonlyArray<Float64Array>,
  y: ReadonlyArray<number>,
  { ridge = 1 }: LogisticOptions = {},
): ((row: Float64Array) => number) => {
  const features = x[0]!.length
  const { mean, deviation } = moments(x)
  const standard = (row: Float64Array): Float64Array => {
    const out = new Float64Array(features + 1)
    for (let j = 0; j < features; j++) out[j] = (row[j]! - mean[j]!) / deviation[j]!
    out[features] = 1 // the intercept, which the ridge leaves alone
    return out
  }
  const rows = x.map(standard)
  const size = features + 1
  const w = new Float64Array(size)
  for (let iteration = 0; iteration < 30; iteration++) {
    const gradient = w.map((v, j) => (j < features ? ridge * v : 0))
    const hessian = Array.from({ length: size }, (_, j) => {
      const line = new Float64Array(size)
      line[j] = j < features ? ridge : 1e-9
      return line
    })
    for (const [i, row] of rows.entries()) {
      const p = 1 / (1 + Math.exp(-dot(w, row)))
      const weight = Math.max(p * (1 - p), 1e-9)
      for (let j = 0; j < size; j++) {
        gradient[j]! += (p - y[i]!) * row[j]!
        const scaled = weight * row[j]!
        const line = hessian[j]!
        for (let k = 0; k <= j; k++) line[k]! += scaled * row[k]!
      }
    }
    const step = solve(hessian, gradient)
    let largest = 0
    for (let j = 0; j < size; j++) {
      w[j]! -= step[j]!
      largest = Math.max(largest, Math.abs(step[j]!))
    }
    if (largest < 1e-8) break
  }
  return (row) => dot(w, standard(row))
}

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!
  return sum
}

const moments = (x: ReadonlyArray<Float64Array>) => {
  const mean = new Float64Array(x[0]!.length)
  const deviation = new Float64Array(mean.length)
  for (const row of x) for (let j = 0; j < mean.length; j++) mean[j]! += row[j]! / x.length
  for (const row of x) for (let j = 0; j < mean.length; j++) deviation[j]! += (row[j]! - mean[j]!) ** 2 / x.length
  // a feature that never varies says nothing: any scale will do
  return { mean, deviation: deviation.map((v) => Math.sqrt(v) || 1) }
}

/** Solves a symmetric positive definite system by Cholesky. @param a lower triangle; overwritten */
const solve = (a: ReadonlyArray<Float64Array>, b: Float64Array): Float64Array => {
  const n = b.length
  const y = Float64Array.from(b)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i]![j]!
      for (let k = 0; k < j; k++) sum -= a[i]![k]! * a[j]![k]!
      a[i]![j] = j === i ? Math.sqrt(sum) : sum / a[j]![j]!
    }
    for (let k = 0; k < i; k++) y[i]! -= a[i]![k]! * y[k]!
    y[i]! /= a[i]![i]!
  }
  for (let i = n - 1; i >= 0; i--) {
    y[i]! /= a[i]![i]!
    for (let k = 0; k < i; k++) y[k]! -= a[i]![k]! * y[i]!
  }
  return y
}
