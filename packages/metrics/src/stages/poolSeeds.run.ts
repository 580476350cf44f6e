// Entry of `pool-seeds`. A figure that a seed does not have is not averaged over the others: they would be chosen by their results.
import type { MetricRow, RunOf } from '@radiograft/pipeline'
import { groupBy } from '../groupBy.ts'
import { MetricError } from '../MetricError.ts'
import { pooledSeeds } from '../pooledSeeds.ts'
import { metricRange } from './metricRange.ts'
import type { poolSeeds } from './poolSeeds.ts'

export const run: RunOf<typeof poolSeeds> = ({ params, inputs, ctx }) => {
  const { seeds } = params
  if (seeds.length !== inputs.metrics.length)
    throw new MetricError('seeds', `${seeds.length} for ${inputs.metrics.length} artefacts: give one each`)
  const known = [...new Set(seeds)].toSorted((a, b) => a - b)
  if (known.length < 2) throw new MetricError('seeds', `are ${known.join()}: two or more are pooled`)
  const rows = inputs.metrics.flatMap((metrics, i) => metrics.map((row) => ({ seed: seeds[i]!, row })))
  const figures = [...groupBy(rows, ({ row }) => JSON.stringify([row.arm, row.part, row.metric])).values()].map(
    (own) => {
      const bySeed = groupBy(own, ({ seed }) => seed)
      return { first: own[0]!.row, of: known.map((seed) => bySeed.get(seed)?.[0]?.row) }
    },
  )
  const whole = figures.filter(({ of }) => of.every((row) => row && !Number.isNaN(row.value)))
  if (whole.length < figures.length) {
    const left = figures
      .filter((figure) => !whole.includes(figure))
      .map(({ first }) => `${first.metric} of ${first.arm}`)
    ctx.warn(
      `not every seed has ${left.slice(0, 3).join(', ')}${left.length > 3 ? ` and ${left.length - 3} more` : ''}`,
    )
  }
  const pooled = whole.map(({ first, of }) => {
    const each = of as ReadonlyArray<MetricRow>
    return {
      row: {
        ...first,
        ...pooledSeeds(each, metricRange(first.arm, first.metric)),
        n: Math.min(...each.map(({ n }) => n)),
      },
      each,
    }
  })
  const orNull = (v: number): number | null => (Number.isFinite(v) ? v : null)
  return {
    metrics: pooled.map(({ row }) => row),
    bySeed: {
      title: 'Figures of each training seed',
      rows: 'P1–P11',
      columns: ['arm', 'part', 'metric', 'mean', 'low', 'high', 'n of a seed', ...known.map((seed) => `seed ${seed}`)],
      cells: pooled.map(({ row, each }) => [
        row.arm,
        row.part,
        row.metric,
        orNull(row.value),
        orNull(row.low),
        orNull(row.high),
        row.n,
        ...each.map(({ value }) => orNull(value)),
      ]),
      note:
        'Bounds are Student’s t over patients, generated films and seeds; what patients do to all seeds is taken to be the same, so they are wide ' +
        'rather than narrow. With two seeds little is known of their spread: train five.',
    },
  }
}
