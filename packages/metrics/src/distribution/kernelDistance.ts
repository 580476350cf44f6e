/**
 * KID (Binkowski 2018): the squared maximum mean discrepancy of two sets under a cubic polynomial kernel, unbiased, so that it may
 * be negative and its mean is 0 for two sets of one law at any size. The measure for small N (pitfalls of small N).
 */
import { ownRowPairs, rowPairs } from '@radiograft/geometry'
import { checkPair, type Features } from './features.ts'
import { MetricError } from '../MetricError.ts'
import { takeRows } from './takeRows.ts'
import type { KernelSubsets } from './kernelSubsets.ts'

/** k(x, y) = (x·y/d + 1)³ */
export const cubicKernel = (product: number, d: number): number => (product / d + 1) ** 3

/**
 * Σ_{i≠j} k(x_i, x_j)/(m(m − 1)) + Σ_{i≠j} k(y_i, y_j)/(n(n − 1)) − 2 Σ k(x_i, y_j)/(mn), of all rows.
 * @throws MetricError when a set has one row, columns differ or a number is not finite
 */
export const kernelDistance = (real: Features, fake: Features): number => {
  checkPair(real, fake)
  for (const [set, { rows }] of [
    ['real', real],
    ['fake', fake],
  ] as const) {
    if (rows < 2) throw new MetricError(set, 'holds one film: the unbiased estimate needs two or more')
  }
  const d = real.columns
  const own = (set: Features): number => {
    let sum = 0
    ownRowPairs(set, 'inner-product', (_i, _j, product) => (sum += cubicKernel(product, d)))
    return (2 * sum) / (set.rows * (set.rows - 1))
  }
  let across = 0
  rowPairs(real, fake, 'inner-product', (_i, _j, product) => (across += cubicKernel(product, d)))
  return own(real) + own(fake) - (2 * across) / (real.rows * fake.rows)
}

export interface SubsetDistances {
  /** mean over subsets */
  readonly value: number
  /** standard deviation over subsets (count below, as torch-fidelity prints it): no standard error, subsets share films */
  readonly spread: number
  /** one a subset */
  readonly perSubset: Float64Array
}

/**
 * Mean of `kernelDistance` over subsets, the form in which papers print KID (100 subsets of 1000). It estimates what the whole set
 * does with more noise; take it to set a figure beside a printed one.
 * @param subsets of `kernelSubsets`, or those of another tool; the same for every generator, so that figures are paired
 * @throws MetricError when there is no subset or a row does not exist
 */
export const kernelDistanceOnSubsets = (real: Features, fake: Features, subsets: KernelSubsets): SubsetDistances => {
  if (subsets.length === 0) throw new MetricError('subsets', 'there are none')
  for (const subset of subsets)
    for (const set of ['real', 'fake'] as const) {
      const { rows } = set === 'real' ? real : fake
      if (!Array.from(subset[set]).every((row) => Number.isInteger(row) && row >= 0 && row < rows))
        throw new MetricError('subsets', `name rows that the ${rows} ${set} films do not have`)
    }
  const perSubset = Float64Array.from(subsets, (subset) =>
    kernelDistance(takeRows(real, subset.real), takeRows(fake, subset.fake)),
  )
  const value = perSubset.reduce((sum, v) => sum + v, 0) / perSubset.length
  const spread = Math.sqrt(perSubset.reduce((sum, v) => sum + (v - value) ** 2, 0) / perSubset.length)
  return { value, spread, perSubset }
}
