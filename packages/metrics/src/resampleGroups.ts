/**
 * A bootstrap of several groups of units that are drawn apart, of a statistic with several values: the films a classifier was
 * judged on and the films it is used on (`sharesBootstrap`). A group keeps its number of units in every resample.
 */
import type { Rng } from '@radiograft/random'
import { assertBootstrapOptions } from './assertBootstrapOptions.ts'
import { drawUnits } from './drawUnits.ts'
import { MetricError } from './MetricError.ts'
import { percentileInterval, type PercentileInterval } from './percentileInterval.ts'
import type { BootstrapOptions } from './resamplePatients.ts'

export interface GroupInterval extends PercentileInterval {
  /** the statistic on the films as they are */
  readonly value: number
  /** resamples in which the statistic is not defined; they are left out of the interval */
  readonly emptyResamples: number
}

/**
 * @param groups `counts[g]` units in group g; `statistic` takes how often each unit of each group counts, and gives `values` numbers
 * or undefined where it is not defined
 * @returns one interval a value
 * @throws MetricError when options are out of range, or nothing is defined where every unit counts once
 */
export const resampleGroups = (
  groups: {
    readonly counts: ReadonlyArray<number>
    readonly statistic: (weights: ReadonlyArray<Float64Array>) => ArrayLike<number> | undefined
  },
  rng: Rng,
  { resamples = 2000, confidence = 0.95, family = 1 }: Omit<BootstrapOptions, 'range'> = {},
): ReadonlyArray<GroupInterval> => {
  assertBootstrapOptions({ resamples, confidence, family })
  const { counts, statistic } = groups
  const values = statistic(counts.map((count) => new Float64Array(count).fill(1)))
  if (!values) throw new MetricError('films', 'the statistic is not defined on the films as they are')
  const weights = counts.map((count) => new Float64Array(count))
  const replicates = Array.from(values, () => new Float64Array(resamples))
  let kept = 0
  for (let r = 0; r < resamples; r++) {
    for (const group of weights) drawUnits(group.fill(0), rng)
    const found = statistic(weights)
    if (!found) continue
    replicates.forEach((of, v) => (of[kept] = found[v]!))
    kept++
  }
  return replicates.map((of, v) => ({
    value: values[v]!,
    ...percentileInterval(of.subarray(0, kept).toSorted(), confidence, family),
    emptyResamples: resamples - kept,
  }))
}
