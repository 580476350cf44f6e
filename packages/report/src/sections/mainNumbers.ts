// The few numbers that a reader wants first: each arm's main metric, and what the arms differ by.
import { BETWEEN } from '@radiograft/pipeline'
import { numberData } from '../exhibits/numberData.ts'
import { barDomain, intervalBar } from '../exhibits/intervalBar.ts'
import { hasNoSpread, intervalText, noSpreadMeaning } from '../exhibits/intervalText.ts'
import { hiddenCaption } from '../exhibits/hiddenCaption.ts'
import { scroller } from '../exhibits/scroller.ts'
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import { numberLink } from '../numbering.ts'
import type { ReportInput } from '../ReportInput.ts'
import { decimalsFor } from '../text/formatNumber.ts'
import { countedNote } from './countedNote.ts'
import { metricMeaning } from './metricMeaning.ts'
import { metricTables } from './metricTables.ts'
import { silentNote } from './silentArms.ts'

export const mainNumbers = (input: ReportInput): Markup | undefined => {
  const name = input.mainMetrics[0]?.metric
  if (name === undefined) return undefined
  const rows = input.mainMetrics
    .filter(({ metric }) => metric === name)
    .toSorted((a, b) => Number(a.arm.includes(BETWEEN)) - Number(b.arm.includes(BETWEEN)))
  const decimals = decimalsFor(rows.flatMap(({ value, low, high }) => [value, low, high]))
  const domain = barDomain(rows, true)
  const meaning = metricMeaning(name)
  const notes = [countedNote(rows), rows.some(hasNoSpread) ? noSpreadMeaning : '', silentNote(input.metrics)].filter(
    (note) => note !== '',
  )
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
    markup`<tr><th scope="row">${row.arm}</th><td class="number">${numberData(row.value, decimals)}</td><td class="number interval">${intervalText(row, decimals)}</td><td class="drawn">${domain && intervalBar(row, domain)}</td><td class="number">${numberData(row.n)}</td></tr>\n`,
)}</tbody>
</table>`,
)}
<p class="note">${notes.join(' ')}</p>
`
}
