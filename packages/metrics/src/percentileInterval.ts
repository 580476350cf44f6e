/**
 * Percentiles of a resampled statistic, the interval of every bootstrap with one seed: of patients (`resamplePatients`), of
 * films that are drawn apart (`replicateIntervals`), of two sets of films (`resampleUnits`).
 */
import { quantile } from './quantile.ts'
import { variance } from './variance.ts'

export interface PercentileInterval {
  /** percentiles (1 − confidence)/2 and (1 + confidence)/2, linear between order statistics */
  readonly low: number
  readonly high: number
  /** standard deviation of the resampled statistic */
  readonly se: number
  /** wider bounds that hold together with those of family − 1 others (Bonferroni); low and high where the family is 1 */
  readonly simultaneous: { readonly low: number; readonly high: number }
}

/** @param sorted rising, NaN left out */
export const percentileInterval = (sorted: Float64Array, confidence: number, family: number): PercentileInterval => {
  const bounds = (coverage: number): { low: number; high: number } => ({
    low: quantile(sorted, (1 - coverage) / 2),
    high: quantile(sorted, (1 + coverage) / 2),
  })
  return {
    ...bounds(confidence),
    se: Math.sqrt(variance(sorted)),
    simultaneous: bounds(family === 1 ? confidence : 1 - (1 - confidence) / family),
  }
}
