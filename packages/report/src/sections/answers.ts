// What was asked and what came out, first on the page: the claims with their verdicts.
import { claimCards, holdsClaims } from '../exhibits/claimCards.ts'
import { tableBlock } from '../exhibits/tableBlock.ts'
import { verdictsOf } from '../exhibits/verdictsOf.ts'
import { signs, toneOf } from '../exhibits/verdictTone.ts'
import type { Tone } from '../exhibits/verdictTone.ts'
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import { numberOf } from '../numbering.ts'
import { figuresAt, tablesAt } from '../placement.ts'
import type { ReportInput } from '../ReportInput.ts'
import { caveatMeaning, detectableCaveat } from './detectableCaveat.ts'
import { figuresIn } from './exhibits.ts'
import { figureLinks } from './figureLinks.ts'
import type { Section } from './Section.ts'

const tones: ReadonlyArray<readonly [tone: Tone, words: string]> = [
  ['holds', 'holds'],
  ['fails', 'fails'],
  ['unsure', 'cannot tell'],
  ['untested', 'not tested'],
]

const tally = (verdicts: ReadonlyArray<string>): Markup => {
  const parts = tones.map(([tone, words]) => {
    const n = verdicts.filter((verdict) => toneOf(verdict) === tone).length
    return markup`<li class="verdict ${tone}"><span aria-hidden="true">${signs[tone]}</span> ${words}: ${n}</li>\n`
  })
  return markup`<ul class="tally" aria-label="Verdicts, counted">
${parts}</ul>
<p class="note">A claim <em>holds</em> or <em>fails</em> when the 95 % interval of our difference (arm − control) settles it, widened to hold for all contrasts of the run together where it tests several. We <em>cannot tell</em> when the interval is wider than the gain that the paper reports, or when fewer than two training seeds stand behind it. A claim was <em>not tested</em> when this run has no arm of it. Flags name what is wrong with a claim as printed.</p>
`
}

export const answers = (input: ReportInput): Section | undefined => {
  const tables = tablesAt(input, 'answers')
  const figures = figuresAt(input, 'answers')
  if (tables.length + figures.length === 0) return undefined
  const caveat = detectableCaveat(input.metrics)
  const caveatOf = (arm: string, metric: string): string => {
    const row = input.metrics.find((one) => one.arm === arm && one.metric === metric)
    const found = row ? caveat(row) : ''
    return found === '' ? '' : caveatMeaning[found]
  }
  const drawn = figureLinks(input, 'numbers')
  const verdicts = tables.flatMap(({ table }) => (holdsClaims(table) ? verdictsOf(table) : []))
  return {
    id: 'answers',
    title: 'What was asked, and the answers',
    body: markup`${verdicts.length > 0 ? tally(verdicts) : undefined}${tables.map(({ id, table }) =>
      holdsClaims(table) ? claimCards(table, id, caveatOf) : tableBlock(table, id, numberOf(input, id)),
    )}${drawn && markup`<p class="note">The numbers behind the verdicts are drawn in ${drawn}.</p>\n`}${figuresIn(input, 'answers')}`,
  }
}
