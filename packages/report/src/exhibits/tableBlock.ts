// One table of a run: caption, columns, rows, note. Columns that hold numbers only are set to the right.
import type { Table } from '@radiograft/pipeline'
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import { DASH } from '../text/formatNumber.ts'
import { exhibitNumber } from './exhibitNumber.ts'
import { hiddenCaption } from './hiddenCaption.ts'
import { numberData } from './numberData.ts'
import { rowTag } from './rowTag.ts'
import { scroller } from './scroller.ts'

const cell = (value: string | number | null): Markup | string =>
  value === null ? DASH : typeof value === 'number' ? numberData(value) : value

/**
 * @param id anchor of the table, ours
 * @param number such as `Table 3`
 */
export const tableBlock = (table: Table, id: string, number: string): Markup => {
  const numeric = table.columns.map((_, c) => {
    const known = table.cells.map((row) => row[c] ?? null).filter((value) => value !== null)
    return known.length > 0 && known.every((value) => typeof value === 'number')
  })
  const kind = (c: number): string => (numeric[c] === true ? 'number' : 'text')
  const head = table.columns.map((name, c) => markup`<th scope="col" class="${kind(c)}">${name}</th>`)
  const rows = table.cells.map(
    (row) =>
      markup`<tr>${row.map((value, c) =>
        c === 0
          ? markup`<th scope="row" class="${kind(c)}">${cell(value)}</th>`
          : markup`<td class="${kind(c)}">${cell(value)}</td>`,
      )}</tr>\n`,
  )
  const body = markup`<table>
${hiddenCaption(table.title)}
<thead><tr>${head}</tr></thead>
<tbody>
${rows}</tbody>
</table>`
  return markup`<div class="exhibit" id="${id}">
<h3>${exhibitNumber(number)}${table.title} ${rowTag(table.rows)}</h3>
${scroller(table.title, body)}
${table.note === undefined || table.note === '' ? undefined : markup`<p class="note">${table.note}</p>`}
</div>
`
}
