// What judges a network: the metrics of the arms whose numbers come from it last, with their intervals.
import type { MetricRow } from '@radiograft/pipeline'
import { intervalText } from '../exhibits/intervalText.ts'
import { linkTo } from '../exhibits/linkTo.ts'
import { numberData } from '../exhibits/numberData.ts'
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import { numberLink } from '../numbering.ts'
import type { ReportInput } from '../ReportInput.ts'
import type { ReportModel } from '../ReportModel.ts'
import { decimalsFor, formatNumber } from '../text/formatNumber.ts'
import { DETECTABLE } from './metricGroups.ts'
import { metricTables } from './metricTables.ts'

/** Rows on a card; all of them stand in the tables that it links to. */
const MOST = 6

const row = (metricRow: MetricRow): Markup => {
  const { arm, metric, part, value, low, high, n, unit } = metricRow
  const known = Number.isFinite(low) && Number.isFinite(high)
  const decimals = decimalsFor([value, low, high])
  const interval = known ? markup` ${intervalText(metricRow, decimals)}` : ', no interval given'
  return markup`<li><b>${arm}</b>, ${metric}: ${numberData(value, decimals)}${unit === '' ? undefined : ` ${unit}`}${interval}, n ${formatNumber(n)} (${part})</li>\n`
}

/** The main metrics of its arms where there are any, else the first that were measured. */
const chosen = (input: ReportInput, arms: ReadonlySet<string>): ReadonlyArray<MetricRow> => {
  const own = input.metrics.filter(({ arm, metric }) => arms.has(arm) && !metric.endsWith(DETECTABLE))
  const main = new Set(input.mainMetrics.map(({ metric }) => metric))
  const first = own.filter(({ metric }) => main.has(metric))
  return [...first, ...own.filter((one) => !first.includes(one))].slice(0, first.length > 0 ? first.length : MOST)
}

export const modelNumbers = (
  input: ReportInput,
  { arms, builtOn }: ReportModel,
  cards: ReadonlyMap<string, string>,
): Markup => {
  const wanted = new Set(arms)
  const rows = chosen(input, wanted).slice(0, MOST)
  const tables = metricTables(input).filter(({ table }) =>
    table.groups.some((group) => group.rows.some(({ arm }) => wanted.has(arm))),
  )
  const further = builtOn.map((label, i) => {
    const id = cards.get(label)
    return markup`${i > 0 ? ', ' : undefined}${id === undefined ? label : linkTo(id, label)}`
  })
  return markup`<ul class="plain">
${
  rows.length === 0
    ? markup`<li>No metric of this run judges it by itself.</li>\n`
    : markup`${rows.map(row)}<li>All of it in ${tables.map(
        ({ id }, i) => markup`${i > 0 ? ', ' : undefined}${numberLink(input, id)}`,
      )}.</li>\n`
}${builtOn.length === 0 ? undefined : markup`<li>What it gives is used by ${further}, whose numbers depend on it.</li>\n`}</ul>
`
}
