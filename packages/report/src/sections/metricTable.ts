// Rows of metrics as a table: a heading for each group, then value, interval, picture of the interval, and sample size.
import type { MetricRow } from '@radiograft/pipeline'
import { exhibitNumber } from '../exhibits/exhibitNumber.ts'
import { hiddenCaption } from '../exhibits/hiddenCaption.ts'
import { intervalText } from '../exhibits/intervalText.ts'
import { barDomain, intervalBar } from '../exhibits/intervalBar.ts'
import type { Domain } from '../exhibits/intervalBar.ts'
import { numberData } from '../exhibits/numberData.ts'
import { scroller } from '../exhibits/scroller.ts'
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import { DASH, decimalsFor, formatNumber } from '../text/formatNumber.ts'
import { rowKey } from './metricGroups.ts'
import type { MetricGroup } from './metricGroups.ts'
import { metricMeaning } from './metricMeaning.ts'

export interface MetricTable {
  readonly title: string
  /** paragraphs above the table */
  readonly notes: ReadonlyArray<string>
  readonly groups: ReadonlyArray<MetricGroup>
  /** what heads a group, and so what names its rows */
  readonly by: 'metric' | 'arm'
  /** zero is on every scale, so that its side is seen */
  readonly zero?: boolean
  /** adds a column; rows without an entry get a dash */
  readonly detectable?: ReadonlyMap<string, number>
  /** what is wrong with a row's entry in that column; empty for nothing */
  readonly caveat?: (row: MetricRow) => string
}

interface Scale {
  readonly decimals: number
  readonly domain: Domain | undefined
}

/** `psnr-gain-over-copying`: a gain is a difference, which the scale of the values would make a dot. */
const isGain = (metric: string): boolean => /-gain\b/.test(metric)

/** Rows of one metric share a scale; of one arm, those that share a unit with a name, gains apart. */
const scaleOf = (group: MetricGroup, row: MetricRow, { by, zero = false }: MetricTable): Scale => {
  const alike =
    by === 'metric'
      ? group.rows
      : group.rows.filter(
          (other) =>
            other === row ||
            (row.unit !== '' && other.unit === row.unit && isGain(other.metric) === isGain(row.metric)),
        )
  return {
    decimals: decimalsFor(alike.flatMap(({ value, low, high }) => [value, low, high])),
    domain: alike.length > 1 || zero ? barDomain(alike, zero) : undefined,
  }
}

const metricRow = (group: MetricGroup, row: MetricRow, table: MetricTable): Markup => {
  const { by, detectable } = table
  const { decimals, domain } = scaleOf(group, row, table)
  const unit = row.unit === '' ? undefined : markup` <span class="unit">${row.unit}</span>`
  const meaning = by === 'arm' ? metricMeaning(row.metric) : ''
  const found = detectable?.get(rowKey(row))
  const caveat = found === undefined ? '' : (table.caveat?.(row) ?? '')
  return markup`<tr><th scope="row">${by === 'metric' ? row.arm : row.metric}${
    meaning === '' ? undefined : markup`<span class="meaning">${meaning}</span>`
  }</th><td class="number">${numberData(row.value, decimals)}${unit}</td><td class="number interval">${intervalText(row, decimals)}</td><td class="drawn">${
    domain && intervalBar(row, domain)
  }</td>${
    detectable &&
    markup`<td class="number">${found === undefined ? DASH : numberData(found, decimals)}${caveat === '' ? undefined : markup` <span class="caveat">${caveat}</span>`}</td>`
  }<td class="number">${numberData(row.n)}</td><td class="part">${row.part}</td></tr>
`
}

/** A metric's name and its words; the ends of the scale stand over the bars where all of them share it. */
const groupHead = (group: MetricGroup, table: MetricTable): Markup => {
  const { by, detectable } = table
  const scale = by === 'metric' ? scaleOf(group, group.rows[0]!, table) : undefined
  const words = by === 'metric' ? metricMeaning(group.name) : ''
  const ends =
    scale?.domain &&
    markup`<span>${formatNumber(scale.domain[0], scale.decimals)}</span><span>${formatNumber(scale.domain[1], scale.decimals)}</span>`
  return markup`<tr class="group"><th scope="rowgroup" colspan="3">${group.name}${
    group.unit === '' ? undefined : markup` <span class="unit">(${group.unit})</span>`
  }${words === '' ? undefined : markup`<span class="meaning">${words}</span>`}</th><td class="drawn ends" aria-hidden="true">${ends}</td><td colspan="${detectable ? 3 : 2}"></td></tr>
`
}

/** @param number such as `Table 3` */
export const metricTable = (table: MetricTable, id: string, number: string): Markup => {
  const { title, notes, groups, by, detectable } = table
  const bodies = groups.map(
    (group) => markup`<tbody>
${groupHead(group, table)}${group.rows.map((row) => metricRow(group, row, table))}</tbody>
`,
  )
  return markup`<div class="exhibit metrics" id="${id}">
<h3>${exhibitNumber(number)}${title}</h3>
${notes.map((note) => markup`<p class="note">${note}</p>\n`)}${scroller(
    title,
    markup`<table class="by-${by}">
${hiddenCaption(title)}
<thead><tr><th scope="col">${by === 'metric' ? 'arm' : 'metric'}</th><th scope="col" class="number">value</th><th scope="col" class="number">95 % interval</th><td></td>${
      detectable &&
      markup`<th scope="col" class="number"><abbr title="The smallest true difference that this many films would show four times in five">would show</abbr></th>`
    }<th scope="col" class="number"><abbr title="films, patients or pairs that the value was taken over">n</abbr></th><th scope="col" class="part">part</th></tr></thead>
${bodies}</table>`,
  )}
</div>
`
}
