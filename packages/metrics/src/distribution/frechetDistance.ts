/**
 * FID's statistic (Heusel 2017): the Fréchet distance of two normal laws with the sets' means and covariances (P2, P11). It is
 * biased upwards by about 1/N and by other amounts for other models, so it is read beside `realFloor` at equal N.
 */
import { pivotedCholesky } from '../algebra/pivotedCholesky.ts'
import { symmetricEigenvalues } from '../algebra/symmetricEigenvalues.ts'
import { addTransposedProduct } from '../algebra/transposedProduct.ts'
import { checkPair, type Features } from './features.ts'
import { moments, type Moments } from './moments.ts'
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

/** Columns of one product of a triangular matrix: what lies on its empty side is left out block by block. */
const BLOCK = 128

/**
 * tr (Σ₁Σ₂)^½ = Σ √eig(√Σ₁ Σ₂ √Σ₁). With Σ₁ = RᵀR that matrix has the eigenvalues of R Σ₂ Rᵀ, which is symmetric too, so nothing turns complex,
 * and is no larger than Σ₁'s rank. Eigenvalues that rounding made negative are zero.
 */
const traceOfRoot = (first: Float64Array, second: Float64Array, d: number): number => {
  const { factor, rank, order } = pivotedCholesky(first, d)
  const ordered = new Float64Array(d * d)
  for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) ordered[i * d + j] = second[order[i]! * d + order[j]!]!

  // Σ₂Rᵀ [d, rank], then R(Σ₂Rᵀ): row i of R begins at column i
  const half = new Float64Array(d * rank)
  const product = new Float64Array(rank * rank)
  for (let from = 0; from < rank; from += BLOCK) {
    const rows = Math.min(BLOCK, rank - from)
    addTransposedProduct(
      { values: half, offset: from, down: rank },
      { values: ordered, offset: from * d, down: d, across: 1 },
      { values: factor, offset: from * d + from, down: 1, across: d },
      { k: d - from, m: d, n: rows },
    )
  }
  for (let from = 0; from < rank; from += BLOCK) {
    const rows = Math.min(BLOCK, rank - from)
    addTransposedProduct(
      { values: product, offset: from * rank + from, down: rank },
      { values: factor, offset: from * d + from, down: 1, across: d },
      { values: half, offset: from * rank + from, down: rank, across: 1 },
      { k: d - from, m: rows, n: rank - from },
      { upper: true },
    )
  }
  return symmetricEigenvalues(product, rank).reduce((sum, value) => sum + Math.sqrt(Math.max(0, value)), 0)
}
