import type { Verdict } from '@radiograft/metrics'
import type { MetricRow } from '@radiograft/pipeline'
import { numberText } from '../../rows/figureText.ts'
import type { Test } from '../claims.ts'
import { untested, type Judged } from './Judged.ts'

const judgedBy = (holds: boolean, fails: boolean): Verdict => (holds ? 'holds' : fails ? 'fails' : 'cannot tell')

type Bound = Extract<Test, { readonly kind: 'bound' }>

/** Holds or fails where the whole interval lies on one side of the bound; a figure without an interval is on neither. */
const onOneSide = ({ value, low, high, metric, n }: MetricRow, { side, than }: Bound): Judged => {
  const [below, above] = [high < than, low > than]
  const known = Number.isFinite(low) && Number.isFinite(high)
  const interval = known ? ` [${numberText(low)}, ${numberText(high)}]` : ''
  return [
    `${numberText(value)}${interval}, ${metric}, n ${n}; holds ${side} ${numberText(than)}`,
    side === 'below' ? judgedBy(below, above) : judgedBy(above, below),
  ]
}

/** In the features of several extractors, which are never compared, a claim holds or fails where it does in each. */
export const byBound = (test: Bound, rows: ReadonlyArray<MetricRow>, seeds: number): Judged => {
  const { arm, metric, ofMethods } = test
  const begins = metric.endsWith('*') ? metric.slice(0, -1) : undefined
  const found = rows.filter(
    (row) =>
      row.arm === arm &&
      row.part !== 'train' &&
      (begins === undefined ? row.metric === metric : row.metric.startsWith(begins)) &&
      !Number.isNaN(row.value),
  )
  if (found.length === 0) return untested('not measured in this run')
  const judgements = found.map((row) => onOneSide(row, test))
  const verdicts = new Set(judgements.map(([, verdict]) => verdict))
  const settled = verdicts.size === 1 ? judgements[0]![1] : 'cannot tell'
  const verdict = ofMethods && seeds < 2 ? 'cannot tell' : settled
  const few = settled !== verdict ? '; one training seed cannot tell two ways of training apart' : ''
  const words = judgements.map(([ours, own]) => (verdicts.size === 1 ? ours : `${ours}: ${own}`))
  return [words.join('. ') + few, verdict]
}
