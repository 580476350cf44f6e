// The metrics of the run with their intervals, and the plot that sets them beside the paper's figures.
import { markup } from '../markup/markup.ts'
import type { ReportInput } from '../ReportInput.ts'
import { exhibitsAt } from './exhibits.ts'
import { metricGroups } from './metricGroups.ts'
import { metricTable } from './metricTable.ts'
import type { MetricTable } from './metricTable.ts'
import type { Section } from './Section.ts'

export const numbers = (input: ReportInput): Section | undefined => {
  const plots = exhibitsAt(input, 'numbers')
  const { arms, differences, single, detectable } = metricGroups(input.metrics)
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
  const shown = tables.flatMap((table, i) => (table.groups.length > 0 ? [{ table, id: `metrics-${i + 1}` }] : []))
  if (shown.length === 0 && !plots) return undefined
  return {
    id: 'numbers',
    title: 'The numbers, with their intervals',
    body: markup`${plots?.body}${shown.map(({ table, id }) => metricTable(table, id))}`,
    parts: [...(plots?.parts ?? []), ...shown.map(({ table, id }) => ({ id, title: table.title }))],
  }
}
