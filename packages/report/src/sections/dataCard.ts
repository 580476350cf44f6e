// The card of one collection of films: what it is, how it was split and prepared, what is left out, what it cannot show.
import { linkTo } from '../exhibits/linkTo.ts'
import { numberData } from '../exhibits/numberData.ts'
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import type { Counts, ReportCohort, ReportSplit } from '../ReportCohort.ts'
import type { ReportInput } from '../ReportInput.ts'
import { collectionName } from '../text/collectionName.ts'
import { layoutName } from '../text/layoutNames.ts'
import { count, valueText } from '../text/words.ts'
import { cardFact } from './cardFact.ts'
import { dataLimits } from './dataLimits.ts'
import { digestCode } from './digestCode.ts'
import { figureLinks } from './figureLinks.ts'
import { partsTable } from './partsTable.ts'

/** `PA 120, AP 80, not known 40`. */
const countsText = (counts: Counts): string =>
  Object.entries(counts)
    .map(([name, n]) => `${name === '' ? 'not known' : name} ${n}`)
    .join(', ')

/** `8 on 151 films, 16 on 2 films`: two numbers side by side would read as one. */
const bitsText = (bits: Counts): string =>
  Object.entries(bits)
    .map(([depth, n]) => `${depth} on ${count(n, 'film')}`)
    .join(', ')

const facts = (input: ReportInput, { whole, layout, dataset, size }: ReportCohort): Markup => {
  const digest = input.datasets.find(({ name }) => name === dataset)?.digest ?? ''
  return markup`<dl class="facts">
${cardFact('What it is', layoutName(layout))}${digest === '' ? undefined : cardFact('Digest', digestCode(digest))}${cardFact(
    'Films',
    numberData(whole.films),
  )}${cardFact(layout === 'phantom' ? 'Patients, made up' : 'Patients', whole.patients === null ? 'not known for all films' : numberData(whole.patients))}${
    whole.positives === null ? undefined : cardFact('With the finding', numberData(whole.positives))
  }${
    size === null ? undefined : cardFact('Size in this run', `${size.width} × ${size.height} pixels, ${size.storage}`)
  }</dl>
`
}

/** How a split was made, from its stage's settings; who lies in several parts is counted from the split itself. */
const splitText = (input: ReportInput, split: ReportSplit): Markup => {
  const at = input.stages.findIndex(({ label }) => label === split.stage)
  const settings = (input.stages[at]?.params ?? []).map(({ name, value }) => `${name} ${valueText(value)}`).join(', ')
  const link = at < 0 ? split.stage : linkTo(`stage-${at + 1}`, split.stage)
  const by =
    split.unit === 'patient'
      ? markup`By patient: ${numberData(split.patientsInSeveralParts ?? 0)} ${split.patientsInSeveralParts === 1 ? 'patient lies' : 'patients lie'} in more than one part.`
      : split.patientsInSeveralParts === null
        ? markup`<strong>By film: it is not known who is on which film, so films of one patient may lie on both sides, and numbers may come out too good.</strong>`
        : markup`<strong>By film, though patients are known: ${numberData(split.patientsInSeveralParts)} ${split.patientsInSeveralParts === 1 ? 'patient lies' : 'patients lie'} in more than one part, so numbers may come out too good and their intervals too narrow.</strong>`
  return markup`<li${split.unit === 'patient' && split.patientsInSeveralParts === 0 ? undefined : markup` class="warning"`}>${link}: ${by}${
    split.sealed ? ' The test part is held out of every fold.' : undefined
  }${settings === '' ? undefined : ` Settings: ${settings}.`}</li>\n`
}

const preparationText = ({ preparation, layout }: ReportCohort): Markup | undefined => {
  if (preparation === null)
    return layout === 'phantom'
      ? markup`<p>Rendered at the size of this run; nothing was cut, padded or windowed.</p>\n`
      : undefined
  const { formats, least, most, bits, inverted, padded, wholeDepth } = preparation
  const films = Object.values(formats).reduce((sum, n) => sum + n, 0)
  return markup`<ul class="plain">
<li>Files: ${countsText(formats)}; sides of ${least === most ? least : `${least} to ${most}`} pixels; bits a pixel: ${bitsText(bits)}.</li>
<li>Grey levels: all kept on ${count(wholeDepth, 'film')}, the film’s own window on ${films - wholeDepth}; ${count(inverted, 'film')} with white for air turned.</li>
<li>${count(padded, 'film')} padded to a square; all brought to the size of this run.</li>
</ul>
`
}

const leftText = (input: ReportInput, { left }: ReportCohort): Markup | undefined => {
  if (left === null) return undefined
  const table = input.tables.findIndex(({ name }) => name === 'left')
  const more = table < 0 ? undefined : markup` ${linkTo(`table-${table + 1}`, 'The list.')}`
  if (left.length === 0) return markup`<p>Left out: none.${more}</p>\n`
  return markup`<p>Left out: ${left.map(({ why, films }, i) => markup`${i > 0 ? '; ' : undefined}${numberData(films)} (${why})`)}.${more}</p>\n`
}

const findingsText = ({ findings }: ReportCohort): Markup | undefined =>
  findings.length === 0
    ? undefined
    : markup`<details><summary>${count(findings.length, 'finding')} in its tables</summary>
<ul>
${findings.map(
  ({ finding, present, absent, uncertain }) =>
    markup`<li>${finding}: present on ${numberData(present)}, absent on ${numberData(absent)}, uncertain on ${numberData(uncertain)} films</li>\n`,
)}</ul>
</details>
`

/** @param number of the card, from 1 */
export const dataCard = (input: ReportInput, cohort: ReportCohort, number: number): Markup => {
  const { stage, splits } = cohort
  const at = input.stages.findIndex(({ label }) => label === stage)
  const id = `data-${number}`
  const prepared = preparationText(cohort)
  const looks = figureLinks(input, 'films')
  return markup`<article class="card" id="${id}" aria-labelledby="${id}-name">
<h3 id="${id}-name">${collectionName(cohort)}</h3>
<p>Films from ${at < 0 ? stage : linkTo(`stage-${at + 1}`, stage)}. ${input.stages[at]?.doc}${looks && markup` How films look: ${looks}.`}</p>
${facts(input, cohort)}${partsTable(input, cohort, `parts-${number}`)}${findingsText(cohort)}<h4>How it was split</h4>
<ul class="plain">
${splits.length === 0 ? markup`<li>This run did not split it.</li>\n` : splits.map((split) => splitText(input, split))}</ul>
${prepared || cohort.left ? markup`<h4>Preparation</h4>\n` : undefined}${prepared}${leftText(input, cohort)}<h4>Source and licence</h4>
${cohort.attribution === '' ? undefined : markup`<p>${cohort.attribution}</p>\n`}${cohort.layout === 'phantom' ? undefined : markup`<p>Whether its licence allows what you do with it is for you to check.</p>\n`}<h4>What may not be concluded</h4>
${dataLimits(cohort)}</article>
`
}
