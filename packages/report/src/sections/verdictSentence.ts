// What came out, in one sentence: verdicts, counted. Claims that no arm tested are no part of what came out.
import { holdsClaims } from '../exhibits/claimCards.ts'
import { linkTo } from '../exhibits/linkTo.ts'
import { verdictsOf } from '../exhibits/verdictsOf.ts'
import { toneOf } from '../exhibits/verdictTone.ts'
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import { tablesAt } from '../placement.ts'
import type { ReportInput } from '../ReportInput.ts'
import { count } from '../text/words.ts'

/** `on both`, of two that were tested. */
const onHowMany = (n: number, tested: number): string => {
  if (n < tested) return `on ${n}`
  return n === 1 ? 'on it' : n === 2 ? 'on both' : `on all ${n}`
}

export const verdictSentence = (input: ReportInput): Markup | undefined => {
  const verdicts = tablesAt(input, 'answers').flatMap(({ table }) => (holdsClaims(table) ? verdictsOf(table) : []))
  if (verdicts.length === 0) return undefined
  const of = (tone: string): number => verdicts.filter((verdict) => toneOf(verdict) === tone).length
  const [holds, fails, unsure, untested] = [of('holds'), of('fails'), of('unsure'), of('untested')]
  const tested = verdicts.length - untested
  const claims = linkTo('answers', count(verdicts.length, 'claim'))
  if (tested === 0) return markup`Of ${claims} none was tested.`
  const parts = [
    ...(holds > 0 ? [`${holds} ${holds === 1 ? 'holds' : 'hold'}`] : []),
    ...(fails > 0 ? [`${fails} ${fails === 1 ? 'fails' : 'fail'}`] : []),
    ...(unsure > 0 ? [`${onHowMany(unsure, tested)} this run cannot tell`] : []),
  ]
  return markup`${tested} of ${claims} ${tested === 1 ? 'was' : 'were'} tested; ${parts.join(', ')}${
    untested === 0 ? undefined : `; ${untested} ${untested === 1 ? 'was' : 'were'} not tried`
  }.`
}
