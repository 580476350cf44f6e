/**
 * A bootstrap of several groups of units that are drawn apart: generated films, and held-out films by patient (`nearerInterval`). A group
 * keeps its number of units in every resample.
 */
import type { Rng } from '@radiograft/random'
import { drawUnits } from './drawUnits.ts'
import { MetricError } from './MetricError.ts'
import { replicateIntervals, type GroupInterval } from './replicateIntervals.ts'
import type { BootstrapOptions } from './resamplePatients.ts'

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
  options: Omit<BootstrapOptions, 'range'> = {},
): ReadonlyArray<GroupInterval> => {
  const { counts, statistic } = groups
  const values = statistic(counts.map((count) => new Float64Array(count).fill(1)))
  if (!values) throw new MetricError('films', 'the statistic is not defined on the films as they are')
  const weights = counts.map((count) => new Float64Array(count))
  const replicate = (): ArrayLike<number> | undefined => {
    for (const group of weights) drawUnits(group.fill(0), rng)
    return statistic(weights)
  }
  return replicateIntervals(values, replicate, options)
}
