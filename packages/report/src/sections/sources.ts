// Where the films come from and whom they are owed to.
import { hiddenCaption } from '../exhibits/hiddenCaption.ts'
import { scroller } from '../exhibits/scroller.ts'
import { markup } from '../markup/markup.ts'
import type { ReportInput } from '../ReportInput.ts'
import { collectionName } from '../text/collectionName.ts'
import { digestCode } from './digestCode.ts'
import type { Section } from './Section.ts'

export const sources = ({ datasets, attribution }: ReportInput): Section | undefined => {
  if (datasets.length + attribution.length === 0) return undefined
  const rows = datasets.map(
    ({ name, layout, digest }) =>
      markup`<tr><th scope="row">${collectionName({ dataset: name, layout, stage: name })}</th><td>${layout}</td><td>${digestCode(digest)}</td></tr>\n`,
  )
  const table =
    rows.length === 0
      ? undefined
      : scroller(
          'Datasets',
          markup`<table>
${hiddenCaption('Datasets')}<thead><tr><th scope="col">dataset</th><th scope="col">layout</th><th scope="col">digest</th></tr></thead>
<tbody>
${rows}</tbody>
</table>`,
        )
  return {
    id: 'sources',
    title: 'Films: sources and attribution',
    body: markup`${table}${attribution.map((text) => markup`<p class="attribution">${text}</p>\n`)}<p class="note">Whether the licence of the films allows what you do with them is for you to check; this page does not know it.</p>
`,
  }
}
