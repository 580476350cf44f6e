// Every stage: its time, what it left, its key; and folded below, its settings with their sources and what it read.
import { exhibitNumber } from '../exhibits/exhibitNumber.ts'
import { hiddenCaption } from '../exhibits/hiddenCaption.ts'
import { scroller } from '../exhibits/scroller.ts'
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import { numberOf } from '../numbering.ts'
import type { ReportInput, ReportStage } from '../ReportInput.ts'
import { formatSeconds } from '../text/formatSeconds.ts'
import { count } from '../text/words.ts'
import type { Section } from './Section.ts'
import { digestCode } from './digestCode.ts'
import { outputList } from './outputList.ts'
import { stageDetails } from './stageDetails.ts'

/** Of more stages than these the table is folded: a study has a thousand, as long as all the rest of the page. */
const MOST_OPEN = 150

const timeBar = (seconds: number, longest: number): Markup => {
  const share = longest > 0 ? (100 * seconds) / longest : 0
  return markup`<span class="time" aria-hidden="true"><span style="width:${share.toFixed(1)}%"></span></span>`
}

const stageRow = (stage: ReportStage, i: number, longest: number): Markup =>
  markup`<tr id="stage-${i + 1}"><th scope="row"><a href="#details-${i + 1}">${stage.label}</a></th><td class="number"><data value="${stage.seconds}" title="${stage.seconds} s">${formatSeconds(stage.seconds)}</data>${timeBar(stage.seconds, longest)}</td><td>${outputList(stage.outputs)}</td><td>${digestCode(stage.key)}</td></tr>
`

export const stages = (input: ReportInput): Section | undefined => {
  const all = input.stages
  if (all.length === 0) return undefined
  const longest = all.reduce((most, { seconds }) => Math.max(most, seconds), 0)
  const anchors = new Map([
    ...input.datasets.map(({ name }) => [`dataset:${name}`, 'sources'] as const),
    ...all.map(({ label }, i) => [label, `stage-${i + 1}`] as const),
  ])
  const table = scroller(
    'Stages',
    markup`<table class="stages">
${hiddenCaption('Stages, their times and what they left')}<thead><tr><th scope="col">stage</th><th scope="col" class="number">time</th><th scope="col">outputs</th><th scope="col">key</th></tr></thead>
<tbody>
${all.map((stage, i) => stageRow(stage, i, longest))}</tbody>
</table>`,
  )
  return {
    id: 'stages',
    title: 'How it was made: stages',
    body: markup`<p class="note">${count(all.length, 'stage')}. The time is that of the computation, whenever it was: what had been computed before was taken from the store. A stage’s key is a digest of its code, its settings, its inputs’ contents and its seed; an output’s digest is of its contents. Equal digests mean equal contents. Keys and digests are cut to twelve characters here; the whole stands in the tooltip.</p>
<h3 id="stages-table">${exhibitNumber(numberOf(input, 'stages-table'))}Stages, their times and what they left</h3>
${all.length > MOST_OPEN ? markup`<details><summary>${count(all.length, 'stage')}</summary>\n${table}</details>` : table}
<h3 id="stage-details">Stage by stage: purpose, inputs, settings</h3>
${all.map((stage, i) => stageDetails(stage, `details-${i + 1}`, anchors))}`,
    parts: [{ id: 'stage-details', title: 'Stage by stage' }],
  }
}
