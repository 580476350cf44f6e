// What came out, in one sentence: verdicts, counted.
import { holdsClaims, verdictsOf } from '../exhibits/claimCards.ts'
import { linkTo } from '../exhibits/linkTo.ts'
import { toneOf } from '../exhibits/verdictTone.ts'
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import { tablesAt } from '../placement.ts'
import type { ReportInput } from '../ReportInput.ts'
import { count } from '../text/words.ts'

export const verdictSentence = (input: ReportInput): Markup | undefined => {
  const verdicts = tablesAt(input, 'answers').flatMap(({ table }) => (holdsClaims(table) ? verdictsOf(table) : []))
  if (verdicts.length === 0) return undefined
  const of = (tone: string): number => verdicts.filter((verdict) => toneOf(verdict) === tone).length
  return markup`Of ${linkTo('answers', count(verdicts.length, 'claim'))} put to the test, ${of('holds')} ${of('holds') === 1 ? 'holds' : 'hold'}, ${of('fails')} ${of('fails') === 1 ? 'fails' : 'fail'}, and on ${of('unsure')} this run cannot tell.`
}
