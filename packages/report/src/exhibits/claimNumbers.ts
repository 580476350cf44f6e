// The paper's gain beside ours in one small table, drawn to the scale that all claims of a unit share. A claim's table
// gives them in columns of numbers: `paper gain`, `gain`, `low`, `high`, `n`, `smallest difference`, `unit`, `arm`, `metric`,
// and where a run has many contrasts the bounds that hold for all together, `simultaneous low` and `high`, and `p by Holm`.
import type { Table } from '@radiograft/pipeline'
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import { DASH, decimalsFor, formatNumber } from '../text/formatNumber.ts'
import { claimBar } from './claimBar.ts'
import { hiddenCaption } from './hiddenCaption.ts'
import { barDomain } from './intervalBar.ts'
import type { Domain } from './intervalBar.ts'

export const numberColumns: ReadonlyArray<string> = [
  'paper gain',
  'gain',
  'low',
  'high',
  'n',
  'smallest difference',
  'unit',
  'arm',
  'metric',
  'simultaneous low',
  'simultaneous high',
  'p by Holm',
]

export interface ClaimNumbers {
  /** NaN for what is not given, in all of them */
  readonly paper: number
  readonly gain: number
  readonly low: number
  readonly high: number
  readonly n: number
  readonly smallest: number
  /** bounds that hold for all contrasts together */
  readonly together: { readonly low: number; readonly high: number }
  readonly pHolm: number
  readonly unit: string
  readonly arm: string
  readonly metric: string
}

/** One a claim, in order; undefined for a table that has no column of gains. */
export const claimNumbers = ({ columns, cells }: Table): ReadonlyArray<ClaimNumbers> | undefined => {
  if (!columns.includes('gain') || !columns.includes('paper gain')) return undefined
  return cells.map((row) => {
    const cell = (name: string): string | number | null | undefined => row[columns.indexOf(name)]
    const number = (name: string): number => {
      const value = cell(name)
      return typeof value === 'number' ? value : NaN
    }
    return {
      paper: number('paper gain'),
      gain: number('gain'),
      low: number('low'),
      high: number('high'),
      n: number('n'),
      smallest: number('smallest difference'),
      together: { low: number('simultaneous low'), high: number('simultaneous high') },
      pHolm: number('p by Holm'),
      unit: String(cell('unit') ?? ''),
      arm: String(cell('arm') ?? ''),
      metric: String(cell('metric') ?? ''),
    }
  })
}

/** The scale of each unit, zero on it. */
export const claimDomains = (all: ReadonlyArray<ClaimNumbers>): ReadonlyMap<string, Domain> => {
  const units = new Map<string, ClaimNumbers[]>()
  for (const one of all) units.set(one.unit, [...(units.get(one.unit) ?? []), one])
  return new Map(
    [...units].flatMap(([unit, own]) => {
      const domain = barDomain(
        own.flatMap(({ paper, gain, low, high, smallest, together }) => [
          { value: gain, low, high },
          { value: gain, ...together },
          { value: paper, low: -smallest, high: smallest },
        ]),
        true,
      )
      return domain ? [[unit, domain] as const] : []
    }),
  )
}

const signed = (value: number, decimals: number): Markup | string =>
  Number.isFinite(value)
    ? markup`<data value="${value}" title="${value}">${value > 0 ? '+' : ''}${formatNumber(value, decimals)}</data>`
    : DASH

/** @param caveat what is wrong with the smallest difference, as a sentence; empty for nothing */
export const claimTable = (one: ClaimNumbers, domain: Domain | undefined, name: string, caveat: string): Markup => {
  const { paper, gain, low, high, n, smallest, together, pHolm, unit, arm, metric } = one
  const decimals = Math.min(3, decimalsFor([paper, gain, low, high]))
  const known = Number.isFinite(low) && Number.isFinite(high)
  const ends =
    domain && markup`<span>${formatNumber(domain[0], decimals)}</span><span>${formatNumber(domain[1], decimals)}</span>`
  return markup`<div class="scroller" tabindex="0" role="group" aria-label="${name}, numbers"><table class="beside">
${hiddenCaption(`${name} The paper’s gain beside ours`)}<thead><tr><th scope="col">gain${unit === '' ? undefined : ` in ${unit}`}</th><th scope="col" class="number">value</th><th scope="col" class="number">95 % interval</th><th scope="col" class="number">n</th><td class="drawn ends" aria-hidden="true">${ends}</td></tr></thead>
<tbody>
<tr><th scope="row">the paper</th><td class="number">${Number.isFinite(paper) ? signed(paper, decimals) : 'no gain given'}</td><td class="number interval">${Number.isFinite(paper) ? 'no interval given' : DASH}</td><td class="number">${DASH}</td><td class="drawn">${domain && claimBar(domain, { value: paper, low: NaN, high: NaN, paper: true, smallest: NaN })}</td></tr>
<tr><th scope="row">this run</th><td class="number">${Number.isFinite(gain) ? signed(gain, decimals) : 'not measured'}</td><td class="number interval">${known ? markup`[${signed(low, decimals)}, ${signed(high, decimals)}]${low === high ? markup` <span class="caveat">no spread</span>` : undefined}` : DASH}</td><td class="number">${Number.isFinite(n) ? markup`<data value="${n}">${formatNumber(n)}</data>` : DASH}</td><td class="drawn">${domain && claimBar(domain, { value: gain, low, high, paper: false, smallest })}</td></tr>
${
  Number.isFinite(together.low) && Number.isFinite(together.high)
    ? markup`<tr><th scope="row">among all contrasts</th><td class="number">${Number.isFinite(pHolm) ? markup`p <data value="${pHolm}">${formatNumber(pHolm, 3)}</data>` : DASH}</td><td class="number interval">[${signed(together.low, decimals)}, ${signed(together.high, decimals)}]</td><td class="number">${DASH}</td><td class="drawn">${domain && claimBar(domain, { value: gain, ...together, paper: false, smallest: NaN })}</td></tr>
`
    : undefined
}</tbody>
</table></div>
${
  metric === ''
    ? undefined
    : markup`<p class="note">Measured as ${arm === '' ? undefined : `${arm}, `}${metric}.${
        Number.isFinite(smallest)
          ? markup` The smallest true difference that this many films would show four times in five: <data value="${smallest}">${formatNumber(smallest, decimals)}</data>, shaded.${caveat === '' ? undefined : markup` <span class="caveat">${caveat}</span>`}`
          : undefined
      }</p>\n`
}`
}
