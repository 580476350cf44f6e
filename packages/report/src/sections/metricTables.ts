// The tables of the section of numbers that a run fills, each with its anchor: arms, differences, single measurements.
import type { MetricRow } from '@radiograft/pipeline'
import { hasNoSpread, noSpreadMeaning, shareBound, shareBoundMeaning } from '../exhibits/intervalText.ts'
import type { ReportInput } from '../ReportInput.ts'
import { countedNote } from './countedNote.ts'
import { caveatMeaning, detectableCaveat } from './detectableCaveat.ts'
import { metricGroups, rowKey } from './metricGroups.ts'
import type { MetricGroup } from './metricGroups.ts'
import type { MetricTable } from './metricTable.ts'
import { silentNote } from './silentArms.ts'

export interface PlacedMetrics {
  readonly id: string
  readonly table: MetricTable
}

const said = (...notes: ReadonlyArray<string>): ReadonlyArray<string> => notes.filter((one) => one !== '')

/** What the marks beside intervals mean, where there are such marks. */
const spreadNotes = (rows: ReadonlyArray<MetricRow>): ReadonlyArray<string> => {
  const flat = rows.filter(hasNoSpread)
  return [
    ...(flat.length > 0 ? [noSpreadMeaning] : []),
    ...(flat.some((row) => !Number.isNaN(shareBound(row))) ? [shareBoundMeaning] : []),
  ]
}

const made = new WeakMap<ReportInput['metrics'], ReadonlyArray<PlacedMetrics>>()

export const metricTables = ({ metrics }: Pick<ReportInput, 'metrics'>): ReadonlyArray<PlacedMetrics> => {
  const before = made.get(metrics)
  if (before) return before
  const { arms, differences, single, detectable } = metricGroups(metrics)
  const rowsOf = (groups: ReadonlyArray<MetricGroup>): ReadonlyArray<MetricRow> => groups.flatMap(({ rows }) => rows)
  const silent = silentNote(metrics)
  const caveat = detectableCaveat(metrics)
  const caveats = new Set(
    detectable.size > 0 ? rowsOf(differences).flatMap((row) => (detectable.has(rowKey(row)) ? [caveat(row)] : [])) : [],
  )
  const tables: ReadonlyArray<MetricTable> = [
    {
      title: 'Arms side by side',
      notes: said(
        'Each metric with every arm that has it, drawn to one scale.',
        countedNote(rowsOf(arms)),
        ...spreadNotes(rowsOf(arms)),
        silent,
      ),
      groups: arms,
      by: 'metric',
    },
    {
      title: 'Differences between arms',
      notes: said(
        'Paired: the same patients are drawn for both arms. An interval that crosses the line at zero leaves the sign open.',
        countedNote(rowsOf(differences)),
        ...spreadNotes(rowsOf(differences)),
        ...(['at the floor', 'no spread'] as const).map((one) => (caveats.has(one) ? caveatMeaning[one] : '')),
        silent,
      ),
      groups: differences,
      by: 'metric',
      zero: true,
      ...(detectable.size > 0 ? { detectable, caveat } : {}),
    },
    {
      title: 'Measured along the way',
      notes: said('What single steps reached.', ...spreadNotes(rowsOf(single))),
      groups: single,
      by: 'arm',
    },
  ]
  const placed = tables.flatMap((table, i) => (table.groups.length > 0 ? [{ id: `metrics-${i + 1}`, table }] : []))
  made.set(metrics, placed)
  return placed
}
