/** The interval of one statistic from its resampled values. `resamplePatients` and the measures of distributions end in it. */
import type { Interval } from './resamplePatients.ts'
import { variance } from './variance.ts'

interface Replicates {
  /** the statistic of everything once */
  readonly value: number
  /** resampled, in any order, none NaN */
  readonly replicates: Float64Array
  readonly confidence: number
  readonly family: number
}

/** Percentiles, standard error and two-sided p as `Interval` says of one seed. */
export const percentileInterval = ({
  value,
  replicates,
  confidence,
  family,
}: Replicates): Omit<Interval, 'patients' | 'emptyResamples' | 'sources'> => {
  const sorted = replicates.toSorted()
  const bounds = (coverage: number): { low: number; high: number } => ({
    low: quantile(sorted, (1 - coverage) / 2),
    high: quantile(sorted, (1 + coverage) / 2),
  })
  const se = Math.sqrt(variance(sorted))
  return {
    value,
    ...bounds(confidence),
    se,
    smallestDetectable: 2.8 * se,
    p: twoSided(sorted),
    simultaneous: bounds(family === 1 ? confidence : 1 - (1 - confidence) / family),
  }
}

const twoSided = (replicates: Float64Array): number => {
  const [below, above] = [replicates.filter((v) => v <= 0), replicates.filter((v) => v >= 0)]
  return Math.min(1, (2 * (1 + Math.min(below.length, above.length))) / (1 + replicates.length))
}

/** numpy's default: linear between the two nearest order statistics. */
const quantile = (sorted: Float64Array, q: number): number => {
  const place = q * (sorted.length - 1)
  const below = Math.floor(place)
  const low = sorted[below] ?? Number.NaN
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN
  const part = place - below
  return part === 0 || low === high ? low : low + (high - low) * part // a ratio may be infinite, and ∞ − ∞ is no number
}
