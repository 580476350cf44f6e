import type { MetricRow } from '@radiograft/pipeline'
import type { Test } from '../claims.ts'
import { untested, type Judged } from './Judged.ts'

/** Each feature space has its own alarm; with several seeds one that is raised in any of them counts, and one that could not be told. */
export const byAlarm = (
  { arm, metric, wanted }: Extract<Test, { readonly kind: 'alarm' }>,
  rows: ReadonlyArray<MetricRow>,
): Judged => {
  const begins = metric.slice(0, -1)
  const found = rows.filter((row) => row.arm === arm && row.metric.startsWith(begins))
  if (found.length === 0) return untested('not measured in this run')
  const spacesOf = (of: typeof found): string => of.map(({ metric: name }) => name.slice(begins.length)).join(', ')
  const raised = found.filter(({ value }) => value > 0)
  const untold = found.filter(({ value }) => Number.isNaN(value))
  if (raised.length === 0 && untold.length > 0)
    return [`too few patients for the near copies that there are, in ${spacesOf(untold)}`, 'cannot tell']
  const ours =
    raised.length > 0 ? `too near in ${spacesOf(raised)}` : `not nearer than held-out films are, in ${spacesOf(found)}`
  return [ours, raised.length > 0 === wanted ? 'holds' : 'fails']
}
