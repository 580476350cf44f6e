// A table of claims as cards, one a claim: what was claimed, the verdict in words, the paper's figure beside ours, and
// what is wrong with the claim as printed. Cards, since six columns of sentences are no table for a reader.
import type { Table } from '@radiograft/pipeline'
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import { claimDomains, claimNumbers, claimTable, numberColumns } from './claimNumbers.ts'
import { numberData } from './numberData.ts'
import { rowTag } from './rowTag.ts'
import { verdictsOf } from './verdictsOf.ts'
import { signs, toneOf } from './verdictTone.ts'

/** Whether a table is of a paper's claims: another's, as of what theory expects, stays a table. */
export const holdsClaims = ({ columns }: Table): boolean =>
  ['claim', 'verdict', 'the paper'].every((name) => columns.includes(name))

const badge = (verdict: string): Markup => {
  const tone = toneOf(verdict)
  return markup`<p class="verdict ${tone}"><span aria-hidden="true">${signs[tone]}</span> ${verdict}</p>`
}

/** Columns that stand in a card's head or its numbers, not in its list. */
const inHead: ReadonlySet<string> = new Set(['claim', 'verdict', 'rows', ...numberColumns])

/** @param caveatOf what is wrong with the smallest difference of an arm and metric, as a sentence; empty for nothing */
export const claimCards = (table: Table, id: string, caveatOf: (arm: string, metric: string) => string): Markup => {
  const at = (name: string): number => table.columns.indexOf(name)
  const numbers = claimNumbers(table)
  const verdicts = verdictsOf(table)
  const domains = claimDomains(numbers ?? [])
  const cards = table.cells.map((row, i) => {
    const own = numbers?.[i]
    const measured = own !== undefined && Number.isFinite(own.gain)
    const details = table.columns.flatMap((name, c) => {
      const value = row[c] ?? ''
      // what is drawn as numbers is not said again in words
      if (inHead.has(name) || value === '' || (name.startsWith('ours') && measured)) return []
      const shown = typeof value === 'number' ? numberData(value) : value
      return [
        markup`<div${name === 'flag' ? markup` class="flag"` : undefined}><dt>${name}</dt><dd>${shown}</dd></div>\n`,
      ]
    })
    return markup`<li class="claim" id="${id}-${i + 1}">
<h4>${String(row[at('claim')] ?? '')} ${rowTag(String(row[at('rows')] ?? ''))}</h4>
${badge(verdicts[i]!)}
${own && (measured || Number.isFinite(own.paper)) ? claimTable(own, domains.get(own.unit), String(row[at('claim')] ?? ''), caveatOf(own.arm, own.metric)) : undefined}<dl>
${details}</dl>
</li>
`
  })
  return markup`<div class="exhibit" id="${id}">
<h3>${table.title} ${rowTag(table.rows)}</h3>
${
  numbers &&
  markup`<p class="note">All gains of a unit are drawn to one scale, zero dotted: ◇ the paper’s, ● ours with its interval. With this many films a true difference inside the shaded band is found less than four times in five.</p>
`
}<ul class="claims">
${cards}</ul>
${table.note === undefined || table.note === '' ? undefined : markup`<p class="note">${table.note}</p>`}
</div>
`
}
