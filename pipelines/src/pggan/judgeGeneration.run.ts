// Entry of `judge-generation`.
import type { Verdict } from '@radiograft/metrics'
import type { MetricRow, RunOf, Table } from '@radiograft/pipeline'
import { numberText } from '../rows/figureText.ts'
import { claims, type Claim, type Test } from './claims.ts'
import type { judgeGeneration } from './judgeGeneration.ts'

/** Our figure in words, and what follows from it. */
type Judged = readonly [ours: string, verdict: Verdict | 'not tested']

const untested = (why: string): Judged => [why, 'not tested']

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
const byBound = (test: Bound, rows: ReadonlyArray<MetricRow>, seeds: number): Judged => {
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

/** Each feature space has its own alarm. */
const byAlarm = (
  { arm, metric }: Extract<Test, { readonly kind: 'alarm' }>,
  rows: ReadonlyArray<MetricRow>,
): Judged => {
  const begins = metric.slice(0, -1)
  const found = rows.filter((row) => row.arm === arm && row.metric.startsWith(begins) && !Number.isNaN(row.value))
  if (found.length === 0) return untested('not measured in this run')
  const raised = found.filter(({ value }) => value > 0).map(({ metric: name }) => name.slice(begins.length))
  const spaces = found.map(({ metric: name }) => name.slice(begins.length)).join(', ')
  const ours =
    raised.length > 0 ? `too near in ${raised.join(', ')}` : `not nearer than held-out films are, in ${spaces}`
  return [ours, raised.length > 0 ? 'fails' : 'holds']
}

/** @param said tables with columns `rows`, `arm`, `verdict`, `because` */
const bySaid = ({ arm, row }: Extract<Test, { readonly kind: 'said' }>, said: ReadonlyArray<Table>): Judged => {
  for (const { columns, cells } of said) {
    const at = (name: string): number => columns.indexOf(name)
    const found = cells.find((line) => line[at('rows')] === row && line[at('arm')] === arm)
    if (found) return [String(found[at('because')]), found[at('verdict')] as Verdict]
  }
  return untested('not measured in this run')
}

const judged = (
  { test }: Claim,
  metrics: ReadonlyArray<MetricRow>,
  said: ReadonlyArray<Table>,
  seeds: number,
): Judged => {
  switch (test.kind) {
    case 'bound':
      return byBound(test, metrics, seeds)
    case 'alarm':
      return byAlarm(test, metrics)
    case 'said':
      return bySaid(test, said)
    case 'none':
      return untested('nothing here can be set beside it')
  }
}

export const run: RunOf<typeof judgeGeneration> = ({ params, inputs }) => {
  const metrics = inputs.metrics.flat()
  const cells = claims.map((claim) => {
    const [ours, verdict] = judged(claim, metrics, inputs.said, params.seeds)
    return [claim.rows, claim.claim, claim.paper, ours, verdict, claim.flag]
  })
  return {
    verdicts: {
      title: 'What is claimed of generated films, and our verdicts',
      rows: 'P1–P5, P8–P11',
      columns: ['rows', 'claim', 'the paper', 'ours, 95 %', 'verdict', 'flag'],
      cells,
      note:
        'A verdict is on the generator of this run and its films, by the rule beside the figure. Intervals are over held-out patients and generated ' +
        `films with ${params.seeds} training seed(s); the chance of training is in none of them.`,
    },
  }
}
