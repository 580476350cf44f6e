// A profile as people read it.
import type { CostRow, ProfileSummary } from '@radiograft/tensor/node'
import { alignColumns } from '../text/alignColumns.ts'
import type { Paint } from '../text/paint.ts'
import { wrapLines } from '../text/wrapLines.ts'
import { hints } from './hints.ts'

/** Rows of a table. */
const mostRows = 20
const width = 110

const fixed = (value: number, digits: number): string => value.toFixed(digits)
const percent = (share: number): string => `${fixed(share * 100, 1)} %`
const count = (calls: number): string => (Number.isInteger(calls) ? String(calls) : fixed(calls, 1))

const costCells = ({ milliseconds, share, calls, gflop, gflops, ofPeak }: CostRow): ReadonlyArray<string> => [
  fixed(milliseconds, 1),
  percent(share),
  calls === 0 ? '' : count(calls),
  gflop === undefined ? '' : fixed(gflop, 2),
  gflops === undefined ? '' : fixed(gflops, 0),
  ofPeak === undefined ? '' : `${fixed(ofPeak * 100, 0)} %`,
]
const costHeads = ['ms', 'share', 'calls', 'GFLOP', 'GFLOP/s', 'of peak']

/** A heading line, the rows, and what was left out. */
const table = (
  title: string,
  heads: ReadonlyArray<string>,
  rows: ReadonlyArray<ReadonlyArray<string>>,
  all: number,
  paint: Paint,
): ReadonlyArray<string> => {
  const [head = '', ...lines] = alignColumns(
    [['', ...heads], ...rows],
    ['left', ...costHeads.map(() => 'right' as const)],
  )
  return [
    '',
    paint.bold(title),
    paint.dim(`  ${head}`),
    ...lines.map((line) => `  ${line}`),
    ...(all > rows.length ? [paint.dim(`  … ${all - rows.length} more; --json has all`)] : []),
  ]
}

export interface ProfiledStage {
  readonly label: string
  readonly pipeline: string
  readonly preset: string
  readonly precision: string
}

export const profileLines = (stage: ProfiledStage, summary: ProfileSummary, paint: Paint): ReadonlyArray<string> => {
  const { secondsPerStep, steps, peakGflops, byKind, byLayer, byOp, oneDnn } = summary
  const costs = <R extends CostRow>(
    title: string,
    rows: ReadonlyArray<R>,
    name: (row: R) => string,
    more?: (row: R) => string,
  ) =>
    table(
      title,
      costHeads,
      rows.slice(0, mostRows).map((row) => [name(row), ...costCells(row), ...(more ? [more(row)] : [])]),
      rows.length,
      paint,
    )
  const advice = hints(summary)
  return [
    `${paint.bold(stage.label)}  ${stage.pipeline} ${stage.preset}, ${stage.precision}, ${summary.threads} threads, TensorFlow ${summary.tensorflow}`,
    `${fixed(secondsPerStep.timed, 3)} s a step, ${fixed(secondsPerStep.traced, 3)} s while it is traced (${steps} steps); ${Math.round(summary.nodes)} ops a step` +
      (peakGflops === undefined ? '' : `; peak: ${fixed(peakGflops, 0)} GFLOP/s, this machine’s best matrix product`),
    ...costs('By sort of work, a step', byKind, ({ name }) => name),
    ...costs('By layer', byLayer, ({ name }) => (name === '' ? '(no layer)' : name)),
    ...costs(
      'By layer and op',
      byOp,
      ({ layer, op }) => `${layer === '' ? '' : `${layer} `}${op}`,
      ({ shape, implementations }) =>
        `${shape.join('×')}${implementations.length === 0 ? '' : `  ${implementations.join(', ')}`}`,
    ),
    ...(oneDnn.length === 0
      ? []
      : table(
          'oneDNN’s primitives (their own times, two may run side by side)',
          ['ms', 'calls'],
          oneDnn.map(({ kind, implementation, propagation, milliseconds, calls, reference }) => [
            `${reference ? paint.red('ref ') : ''}${[kind, implementation, propagation].filter((one) => one !== '').join(' ')}`,
            fixed(milliseconds, 1),
            count(calls),
          ]),
          oneDnn.length,
          paint,
        )),
    ...(advice.length === 0
      ? []
      : [
          '',
          paint.bold('What can be done'),
          ...advice.flatMap((hint) => wrapLines(hint, width - 2).map((line, i) => `${i === 0 ? '- ' : '  '}${line}`)),
        ]),
  ]
}
