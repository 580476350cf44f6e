// What could be chosen, what was chosen, and by whom: the parameters of the whole pipeline and the axes of its matrix.
import { exhibitNumber } from '../exhibits/exhibitNumber.ts'
import { hiddenCaption } from '../exhibits/hiddenCaption.ts'
import { scroller } from '../exhibits/scroller.ts'
import { numberData } from '../exhibits/numberData.ts'
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import { numberOf } from '../numbering.ts'
import type { ReportInput } from '../ReportInput.ts'
import { valueText } from '../text/words.ts'
import type { Section } from './Section.ts'

const shown = (value: string | number | boolean): Markup | string =>
  typeof value === 'number' ? numberData(value) : valueText(value)

export const settings = (input: ReportInput): Section | undefined => {
  const { params, axes } = input
  const variants = Object.entries(axes)
  if (params.length + variants.length === 0) return undefined
  const rows = params.map(
    ({ name, value, source, doc }) =>
      markup`<tr${source === 'default' ? undefined : markup` class="changed"`}><th scope="row">${name}</th><td class="number">${shown(value)}</td><td class="set-by">${source}</td><td>${doc}</td></tr>\n`,
  )
  const axisRows = variants.map(
    ([name, values]) =>
      markup`<tr><th scope="row">${name}</th><td class="number">${values.map(valueText).join(', ')}</td><td>matrix</td><td>one variant for each value</td></tr>\n`,
  )
  return {
    id: 'settings',
    title: 'How it was made: settings',
    body: markup`<p class="note">Of the pipeline as a whole. “Set by” is <code>default</code>, a preset, or <code>--set</code> on the command line. Settings of single stages stand with the stages, with the source of each default.</p>
<h3 id="settings-table">${exhibitNumber(numberOf(input, 'settings-table'))}Settings of the pipeline</h3>
${scroller(
  'Settings',
  markup`<table>
${hiddenCaption('Settings of the pipeline')}<thead><tr><th scope="col">setting</th><th scope="col" class="number">value</th><th scope="col">set by</th><th scope="col">what it is</th></tr></thead>
<tbody>
${rows}${axisRows}</tbody>
</table>`,
)}
`,
  }
}
