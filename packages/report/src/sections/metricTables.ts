// The tables of the section of numbers that a run fills, each with its anchor: arms, differences, single measurements.
import type { ReportInput } from '../ReportInput.ts'
import { metricGroups } from './metricGroups.ts'
import type { MetricTable } from './metricTable.ts'

export interface PlacedMetrics {
  readonly id: string
  readonly table: MetricTable
}

const made = new WeakMap<ReportInput['metrics'], ReadonlyArray<PlacedMetrics>>()

export const metricTables = ({ metrics }: Pick<ReportInput, 'metrics'>): ReadonlyArray<PlacedMetrics> => {
  const before = made.get(metrics)
  if (before) return before
  const { arms, differences, single, detectable } = metricGroups(metrics)
  const tables: ReadonlyArray<MetricTable> = [
    {
      title: 'Arms side by side',
      note: 'Each metric with every arm that has it, drawn to one scale.',
      groups: arms,
      by: 'metric',
    },
    {
      title: 'Differences between arms',
      note: 'Paired on the same films. An interval that crosses the line at zero leaves the sign open.',
      groups: differences,
      by: 'metric',
      zero: true,
      ...(detectable.size > 0 ? { detectable } : {}),
    },
    {
      title: 'Measured along the way',
      note: 'What single steps reached.',
      groups: single,
      by: 'arm',
    },
  ]
  const placed = tables.flatMap((table, i) => (table.groups.length > 0 ? [{ id: `metrics-${i + 1}`, table }] : []))
  made.set(metrics, placed)
  return placed
}
