// The few numbers that a reader wants first: each arm's main metric, and what the arms differ by.
import { numberData } from '../exhibits/numberData.ts'
import { barDomain, intervalBar } from '../exhibits/intervalBar.ts'
import { hiddenCaption } from '../exhibits/hiddenCaption.ts'
import { scroller } from '../exhibits/scroller.ts'
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import { numberLink } from '../numbering.ts'
import type { ReportInput } from '../ReportInput.ts'
import { DASH, decimalsFor } from '../text/formatNumber.ts'
import { BETWEEN } from './metricGroups.ts'
import { metricMeaning } from './metricMeaning.ts'
import { metricTables } from './metricTables.ts'

export const mainNumbers = (input: ReportInput): Markup | undefined => {
  const name = input.mainMetrics[0]?.metric
  if (name === undefined) return undefined
  const rows = input.mainMetrics
    .filter(({ metric }) => metric === name)
    .toSorted((a, b) => Number(a.arm.includes(BETWEEN)) - Number(b.arm.includes(BETWEEN)))
  const decimals = decimalsFor(rows.flatMap(({ value, low, high }) => [value, low, high]))
  const domain = barDomain(rows, true)
  const meaning = metricMeaning(name)
  const title = `${name}, ${rows[0]!.part} part`
  const tables = metricTables(input).filter(({ table }) =>
    table.groups.some((group) => group.rows.some((row) => rows.includes(row))),
  )
  return markup`<p><strong>${title}</strong>${meaning === '' ? undefined : `: ${meaning}`}. More in ${tables.map(
    ({ id }, i) => markup`${i > 0 ? ', ' : undefined}${numberLink(input, id)}`,
  )}.</p>
${scroller(
  'Main numbers',
  markup`<table class="main-numbers">
${hiddenCaption('Main numbers')}<thead><tr><th scope="col">arm</th><th scope="col" class="number">value</th><th scope="col" class="number">95 % interval</th><td></td><th scope="col" class="number">n</th></tr></thead>
<tbody>
${rows.map(
  (row) =>
    markup`<tr><th scope="row">${row.arm}</th><td class="number">${numberData(row.value, decimals)}</td><td class="number interval">${
      Number.isFinite(row.low) && Number.isFinite(row.high)
        ? markup`[${numberData(row.low, decimals)}, ${numberData(row.high, decimals)}]`
        : DASH
    }</td><td class="drawn">${domain && intervalBar(row, domain)}</td><td class="number">${numberData(row.n)}</td></tr>\n`,
)}</tbody>
</table>`,
)}
`
}
