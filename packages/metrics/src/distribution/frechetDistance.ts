/**
 * FID's statistic (Heusel 2017): the Fréchet distance of two normal laws with the sets' means and covariances (P2, P11). It is
 * biased upwards by about 1/N and by other amounts for other models, so it is read beside `realFloor` at equal N.
 */
import { checkPair, type Features } from './features.ts'
import { moments, type Moments } from './moments.ts'
import { symmetricEigen } from './symmetricEigen.ts'
import { TooFewFilmsError } from './TooFewFilmsError.ts'

/**
 * ‖μ₁ − μ₂‖² + tr(Σ₁ + Σ₂ − 2(Σ₁Σ₂)^½), zero or more but for rounding.
 * @throws TooFewFilmsError when a set has no more rows than columns: take `projectedFeatures` of both, or `kernelDistance`
 * @throws MetricError when columns differ or a number is not finite
 */
export const frechetDistance = (real: Features, fake: Features): number => {
  checkPair(real, fake)
  checkEnough(real, fake)
  return frechetOfMoments(moments(real), moments(fake))
}

export const checkEnough = (real: Features, fake: Features): void => {
  for (const [set, { rows, columns }] of [
    ['real', real],
    ['fake', fake],
  ] as const) {
    if (rows <= columns) throw new TooFewFilmsError(set, rows, columns)
  }
}

/** The same of given means and covariances, of full rank or not. */
export const frechetOfMoments = (a: Moments, b: Moments): number => {
  const d = a.mean.length
  let distance = 0
  for (let i = 0; i < d; i++) {
    distance += (a.mean[i]! - b.mean[i]!) ** 2 + a.covariance[i * d + i]! + b.covariance[i * d + i]!
  }
  return distance - 2 * traceOfRoot(a.covariance, b.covariance, d)
}

/**
 * tr (Σ₁Σ₂)^½ = Σ √eig(√Σ₁ Σ₂ √Σ₁). With Σ₁ = Vᵀ Λ V that matrix has the eigenvalues of F Σ₂ Fᵀ, F = Λ^½ V, which is symmetric
 * too, so nothing turns complex. Eigenvalues that rounding made negative are zero.
 */
const traceOfRoot = (first: Float64Array, second: Float64Array, d: number): number => {
  const { values, vectors: f } = symmetricEigen(first, d)
  for (let i = 0; i < d; i++) {
    const root = Math.sqrt(Math.max(0, values[i]!))
    for (let j = i * d; j < (i + 1) * d; j++) f[j]! *= root
  }
  const product = new Float64Array(d * d)
  const row = new Float64Array(d)
  for (let i = 0; i < d; i++) {
    row.fill(0)
    for (let k = 0; k < d; k++) {
      const fik = f[i * d + k]!
      for (let j = 0; j < d; j++) row[j]! += fik * second[k * d + j]!
    }
    for (let j = i; j < d; j++) {
      let sum = 0
      for (let k = 0; k < d; k++) sum += row[k]! * f[j * d + k]!
      product[i * d + j] = sum
    }
  }
  return symmetricEigen(product, d, { vectors: false }).values.reduce((sum, v) => sum + Math.sqrt(Math.max(0, v)), 0)
}
