// The few metrics that a run prints at its end: the test part of the first metrics that the pipeline answers.
import type { MetricRow } from '@radiograft/pipeline'

export const mainMetrics = (
  metrics: ReadonlyArray<ReadonlyArray<MetricRow>>,
  most: number,
): ReadonlyArray<MetricRow> => {
  const first = metrics.find((rows) => rows.length > 0) ?? []
  const test = first.filter(({ part }) => part === 'test')
  return (test.length > 0 ? test : first).slice(0, most)
}
