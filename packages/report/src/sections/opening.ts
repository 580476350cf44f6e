// The head of the page: what was run, on what, what came out, how sure that is, and the command that makes it again.
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import type { ReportInput } from '../ReportInput.ts'
import { formatSeconds } from '../text/formatSeconds.ts'
import { layoutName } from '../text/layoutNames.ts'
import { count, valueText } from '../text/words.ts'
import { cardFact } from './cardFact.ts'
import { glossary } from './glossary.ts'
import { mainNumbers } from './mainNumbers.ts'
import { verdictSentence } from './verdictSentence.ts'

const axisText = ([name, values]: readonly [string, ReadonlyArray<string | number | boolean>]): string =>
  `${name}: ${values.map(valueText).join(', ')}`

/** `240 films (computed phantoms …): 135 to train on, 30 to choose by, 75 to test`. */
const filmsSentence = ({ cohorts, datasets }: ReportInput): string => {
  const uses: Readonly<Record<string, string>> = { train: 'to train on', validation: 'to choose by', test: 'to test' }
  const parts = cohorts.map(({ whole, layout, splits }) => {
    const first = splits[0]?.parts.map(({ part, films }) => `${films} ${uses[part] ?? part}`) ?? []
    const several = splits.length > 1 ? ` in the first of ${splits.length} splits` : ''
    return `${count(whole.films, 'film')} (${layoutName(layout)})${first.length > 0 ? `: ${first.join(', ')}${several}` : ''}`
  })
  if (parts.length > 0) return ` on ${parts.join('; ')}`
  return datasets.length > 0 ? ` on ${datasets.map(({ layout }) => layoutName(layout)).join('; ')}` : ''
}

/** Axes that train anew with another seed, by the names that pipelines give them. */
const seedsOf = ({ axes }: ReportInput): number => (axes['replica'] ?? axes['seed'] ?? [0]).length

export const opening = (input: ReportInput): Markup => {
  const { title, doc, datasets, stages, axes, preset, seed, models, metrics } = input
  const seconds = stages.reduce((sum, stage) => sum + stage.seconds, 0)
  const cells = Object.entries(axes)
  const seeds = seedsOf(input)
  const trained = models.length === 0 ? '' : `, and trained ${count(models.length, 'network')}`
  return markup`<header class="opening">
<p class="kicker">Radiograft report</p>
<h1>${title}</h1>
<p class="lead">${doc}</p>
<div class="summary">
<p>This run went through ${count(stages.length, 'stage')} of preset ${preset}${filmsSentence(input)}${trained}. ${verdictSentence(input)}</p>
${mainNumbers(input)}${
    metrics.length === 0
      ? undefined
      : markup`<p>Intervals are 95 %, by resampling the films or patients that were measured. ${
          seeds > 1
            ? `Where an arm was trained with ${seeds} seeds they hold what another seed would change too, by Student’s t`
            : 'They leave out what another training seed would change: one seed was run, so a difference between arms may be chance'
        }.</p>\n`
  }</div>
${input.command === '' ? undefined : markup`<p class="again">Make it again: <code tabindex="0">${input.command}</code></p>\n`}<dl class="facts">
${datasets.map(({ name, layout }) => cardFact(datasets.length > 1 ? `${layout === 'layers-model' ? 'Network' : 'Films'} (${name})` : 'Films', layoutName(layout)))}${
    cells.length === 0 ? undefined : cardFact('Variants run', cells.map(axisText).join('; '))
  }${cardFact('Preset, seed', `${preset}, ${seed}`)}${cardFact(
    'Work behind it',
    `${count(stages.length, 'stage')}, ${formatSeconds(seconds)} of computing`,
  )}</dl>
<p>Radiograft grafts normal lung onto lesions and lesions onto normal lung in chest films, trains generators that make the grafts look real, trains detectors on the result, and asks: <strong>does synthetic pathology help, and can the answer be trusted?</strong></p>
${glossary()}</header>
`
}
