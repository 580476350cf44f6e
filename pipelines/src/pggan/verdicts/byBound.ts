import type { Verdict } from '@radiograft/metrics'
import type { MetricRow } from '@radiograft/pipeline'
import { numberText } from '../../rows/figureText.ts'
import type { Test } from '../claims.ts'
import { untested, type Judged } from './Judged.ts'

const judgedBy = (holds: boolean, fails: boolean): Verdict => (holds ? 'holds' : fails ? 'fails' : 'cannot tell')

/** Holds or fails where the whole interval lies on one side of the bound; a figure without an interval is on neither. */
export const byBound = (
  { arm, metric, side, than, ofMethods }: Extract<Test, { readonly kind: 'bound' }>,
  rows: ReadonlyArray<MetricRow>,
  seeds: number,
): Judged => {
  const begins = metric.endsWith('*') ? metric.slice(0, -1) : undefined
  const found = rows.find(
    (row) =>
      row.arm === arm &&
      row.part !== 'train' &&
      (begins === undefined ? row.metric === metric : row.metric.startsWith(begins)),
  )
  if (!found || Number.isNaN(found.value)) return untested('not measured in this run')
  const { value, low, high, n } = found
  const below = high < than
  const above = low > than
  const settled = side === 'below' ? judgedBy(below, above) : judgedBy(above, below)
  const verdict = ofMethods && seeds < 2 ? 'cannot tell' : settled
  const known = Number.isFinite(low) && Number.isFinite(high)
  const interval = known ? ` [${numberText(low)}, ${numberText(high)}]` : ''
  const words = `${numberText(value)}${interval}, ${found.metric}, n ${n}; holds ${side} ${numberText(than)}`
  const few = settled !== verdict ? '; one training seed cannot tell two ways of training apart' : ''
  return [words + few, verdict]
}
