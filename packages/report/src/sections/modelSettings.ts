// Where the settings of a network come from: which stand as in the paper, which in the authors' code, and which do not.
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import type { ReportStage } from '../ReportInput.ts'
import { valueText } from '../text/words.ts'

type Param = ReportStage['params'][number]

const named = (params: ReadonlyArray<Param>): Markup =>
  markup`${params.map(
    ({ name, value, row }, i) =>
      markup`${i > 0 ? ', ' : undefined}<code>${name}</code> ${valueText(value)}${row === '' ? undefined : ` (${row})`}`,
  )}`

const line = (words: string, params: ReadonlyArray<Param>): Markup | undefined =>
  params.length === 0 ? undefined : markup`<li>${words}: ${named(params)}.</li>\n`

/** With the parameter's own words, which say what the paper has. */
const own = ({ name, value, doc, source, isDefault }: Param): Markup =>
  markup`<li><code>${name}</code> ${valueText(value)}${
    !isDefault && source !== 'ours'
      ? `, not the ${source === 'paper' ? 'paper’s' : 'authors’'} as the default would be`
      : undefined
  }${doc === '' ? undefined : `: ${doc}`}</li>\n`

export const modelSettings = ({ params }: ReportStage): Markup | undefined => {
  if (params.length === 0) return undefined
  const from = (source: string): ReadonlyArray<Param> =>
    params.filter((param) => param.source === source && param.isDefault)
  const [paper, authors] = [from('paper'), from('authors-code')]
  const rest = params.filter((param) => !paper.includes(param) && !authors.includes(param))
  return markup`<h4>Settings beside the paper’s</h4>
<ul class="plain">
${line('As the paper has them', paper)}${line('As the authors’ code has them', authors)}${
    rest.length === 0
      ? markup`<li>None is ours.</li>\n`
      : markup`<li><details><summary>Chosen by us, or for this run: ${rest.length}</summary>
<ul>
${rest.map(own)}</ul>
</details></li>
`
  }</ul>
`
}
