/** Intervals of the values of a statistic, from draws of all of them at once: of classified films (`sharesBootstrap`), of nearness (`nearerInterval`). */
import { assertBootstrapOptions } from './assertBootstrapOptions.ts'
import { percentileInterval, type PercentileInterval } from './percentileInterval.ts'
import type { BootstrapOptions } from './resamplePatients.ts'

export interface GroupInterval extends PercentileInterval {
  /** the statistic on the films as they are */
  readonly value: number
  /** draws in which the statistic is not defined; they are left out of the interval */
  readonly emptyResamples: number
}

/**
 * @param values on the films as they are
 * @param replicate the same of films as they may be as well, or undefined where it is not defined
 * @returns one interval a value
 * @throws MetricError when options are out of range
 */
export const replicateIntervals = (
  values: ArrayLike<number>,
  replicate: () => ArrayLike<number> | undefined,
  { resamples = 2000, confidence = 0.95, family = 1 }: Omit<BootstrapOptions, 'range'> = {},
): ReadonlyArray<GroupInterval> => {
  assertBootstrapOptions({ resamples, confidence, family })
  const replicates = Array.from(values, () => new Float64Array(resamples))
  let kept = 0
  for (let r = 0; r < resamples; r++) {
    const found = replicate()
    if (!found) continue
    replicates.forEach((of, v) => (of[kept] = found[v]!))
    kept++
  }
  return replicates.map((of, v) => {
    const value = values[v]!
    const { low, high, simultaneous, se } = percentileInterval(of.subarray(0, kept).toSorted(), confidence, family)
    return {
      value,
      ...around(value, low, high),
      se,
      simultaneous: around(value, simultaneous.low, simultaneous.high),
      emptyResamples: resamples - kept,
    }
  })
}

/** Percentiles of draws from a prior as well may leave out a value at the border, such as a share of 0. */
const around = (value: number, low: number, high: number): { readonly low: number; readonly high: number } => ({
  low: Math.min(low, value),
  high: Math.max(high, value),
})
