// The head of the page: what was run, on which films, and what a newcomer has to know to read on.
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import type { ReportInput } from '../ReportInput.ts'
import { formatSeconds } from '../text/formatSeconds.ts'
import { count, valueText } from '../text/words.ts'
import { glossary } from './glossary.ts'

/** What a layout of films is, for those who never saw one; another layout goes by its name. */
const layouts: ReadonlyMap<string, string> = new Map([
  ['phantom', 'computed phantoms, of no patient'],
  ['rsna', 'RSNA Pneumonia Detection Challenge'],
])

const fact = (name: string, value: Markup | string): Markup => markup`<div><dt>${name}</dt><dd>${value}</dd></div>\n`

const axisText = ([name, values]: readonly [string, ReadonlyArray<string | number | boolean>]): string =>
  `${name}: ${values.map(valueText).join(', ')}`

export const opening = (input: ReportInput): Markup => {
  const { title, doc, datasets, stages, axes, preset, seed } = input
  const seconds = stages.reduce((sum, stage) => sum + stage.seconds, 0)
  const cells = Object.entries(axes)
  return markup`<header class="opening">
<p class="kicker">Radiograft report</p>
<h1>${title}</h1>
<p class="lead">${doc}</p>
<dl class="facts">
${datasets.map(({ name, layout }) => fact(datasets.length > 1 ? `Films (${name})` : 'Films', layouts.get(layout) ?? layout))}${
    cells.length === 0 ? undefined : fact('Variants run', cells.map(axisText).join('; '))
  }${fact('Preset, seed', `${preset}, ${seed}`)}${fact(
    'Work behind it',
    `${count(stages.length, 'stage')}, ${formatSeconds(seconds)} of computing`,
  )}</dl>
<p>Radiograft grafts normal lung onto lesions and lesions onto normal lung in chest films, trains generators that make the grafts look real, trains detectors on the result, and asks: <strong>does synthetic pathology help, and can the answer be trusted?</strong> This page holds one run: first the answers, then the numbers, the pictures of every step, and how all of it was made.</p>
${glossary()}</header>
`
}
