// One stage, folded: what it is for, what it read, and every setting with who set it and where its default comes from.
import { hiddenCaption } from '../exhibits/hiddenCaption.ts'
import { rowTag } from '../exhibits/rowTag.ts'
import { scroller } from '../exhibits/scroller.ts'
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import type { ReportStage } from '../ReportInput.ts'
import { count, valueText } from '../text/words.ts'

/** Where a default comes from, in words. */
const sources: ReadonlyMap<string, string> = new Map([
  ['paper', 'the paper'],
  ['authors-code', 'the authors’ code'],
  ['ours', 'ours'],
])

const readFrom = (inputs: ReportStage['inputs'], anchors: ReadonlyMap<string, string>): Markup | undefined => {
  const ports = Object.entries(inputs)
  if (ports.length === 0) return undefined
  const link = (label: string, i: number): Markup => {
    const anchor = anchors.get(label)
    return markup`${i > 0 ? ', ' : undefined}${anchor === undefined ? label : markup`<a href="#${anchor}">${label}</a>`}`
  }
  return markup`<p>Reads ${ports.map(([port, labels], i) => markup`${i > 0 ? '; ' : undefined}<b>${port}</b> from ${labels.map(link)}`)}.</p>`
}

const settingsTable = ({ label, params }: ReportStage): Markup | undefined => {
  if (params.length === 0) return undefined
  const rows = params.map(
    ({ name, value, set, source, row, doc }) =>
      markup`<tr${set === '--set' ? markup` class="changed"` : undefined}><th scope="row">${name}</th><td class="number">${valueText(value)}</td><td class="set-by">${set}</td><td>${sources.get(source) ?? source}</td><td>${row}</td><td>${doc}</td></tr>\n`,
  )
  return scroller(
    `Settings of ${label}`,
    markup`<table>
${hiddenCaption(`Settings of ${label}`)}<thead><tr><th scope="col">setting</th><th scope="col" class="number">value</th><th scope="col">set by</th><th scope="col">default from</th><th scope="col">row</th><th scope="col">what it is</th></tr></thead>
<tbody>
${rows}</tbody>
</table>`,
  )
}

/** @param anchors by label, of the stages in the table */
export const stageDetails = (stage: ReportStage, id: string, anchors: ReadonlyMap<string, string>): Markup => {
  const { label, doc, rows, params, inputs } = stage
  return markup`<details id="${id}">
<summary>${label}${
    params.length === 0 ? undefined : markup` <span class="note">${count(params.length, 'setting')}</span>`
  }</summary>
<p>${stage.stage === label ? undefined : markup`<code>${stage.stage}</code>: `}${doc} ${rowTag(rows.join(', '))}</p>
${readFrom(inputs, anchors)}
${settingsTable(stage)}
</details>
`
}
