// What a figure's caption says of its numbers: whose metrics measure what it shows, over how many, with what interval, and
// in which table they stand.
import type { MetricRow } from '@radiograft/pipeline'
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import { numberLink } from '../numbering.ts'
import type { PlacedFigure } from '../placement.ts'
import type { ReportInput } from '../ReportInput.ts'
import { formatNumber } from '../text/formatNumber.ts'
import { metricTables } from './metricTables.ts'

/** Arms named one by one; beyond, counted. */
const NAMED = 4

const span = (rows: ReadonlyArray<MetricRow>): string => {
  const [least, most] = [Math.min(...rows.map(({ n }) => n)), Math.max(...rows.map(({ n }) => n))]
  return least === most ? formatNumber(least) : `${formatNumber(least)} to ${formatNumber(most)}`
}

const intervals = (rows: ReadonlyArray<MetricRow>): string => {
  const known = rows.filter(({ low, high }) => Number.isFinite(low) && Number.isFinite(high)).length
  if (known === 0) return 'no interval given'
  return known === rows.length ? '95 % intervals' : '95 % intervals where one can be given'
}

/** Undefined where no metric measures it. */
export const inNumbers = (
  input: ReportInput,
  { arms, metrics }: Pick<PlacedFigure, 'arms' | 'metrics'>,
): Markup | undefined => {
  const wanted = new Set(arms)
  const tables = metricTables(input).flatMap(({ id, table }) => {
    const rows = table.groups
      .flatMap((group) => group.rows)
      .filter(({ arm, metric }) => wanted.has(arm) && (metrics?.includes(metric) ?? true))
    return rows.length > 0 ? [{ id, rows }] : []
  })
  if (tables.length === 0) return undefined
  const rows = tables.flatMap((table) => table.rows)
  const names = [...new Set(rows.map(({ arm }) => arm))]
  const whose = names.length > NAMED ? `${names.length} arms and differences` : names.join(', ')
  return markup`<p class="in-numbers">In numbers: ${tables.map(
    ({ id }, i) => markup`${i > 0 ? ', ' : undefined}${numberLink(input, id)}`,
  )} (${whose}; n ${span(rows)}; ${intervals(rows)}).</p>
`
}
