// Two runs' metrics side by side, for people.
import { cut } from '../show/tableLines.ts'
import { alignColumns } from '../text/alignColumns.ts'
import { formatNumber } from '../text/formatNumber.ts'
import type { Paint } from '../text/paint.ts'
import type { RunMetrics } from './compareMetrics.ts'

const interval = ({ low, high }: { readonly low: number | null; readonly high: number | null }): string =>
  low === null || high === null || Number.isNaN(low) || Number.isNaN(high)
    ? ''
    : `[${formatNumber(low)}, ${formatNumber(high)}]`

const signed = (value: number): string => (value > 0 ? `+${formatNumber(value)}` : formatNumber(value))

const verdictPaint = (verdict: string, paint: Paint): ((text: string) => string) =>
  verdict === 'better'
    ? paint.green
    : verdict === 'worse'
      ? paint.red
      : verdict === 'higher' || verdict === 'lower'
        ? paint.yellow
        : (text) => text

/** The lines with all columns, or with those of the first list that fits; the last list, cut, where none does. */
const fitted = (
  rows: ReadonlyArray<ReadonlyArray<string>>,
  align: ReadonlyArray<'left' | 'right'>,
  lists: ReadonlyArray<ReadonlyArray<number>>,
  columns: number,
): ReadonlyArray<string> => {
  const tried = lists.map((places) =>
    alignColumns(
      rows.map((row) => places.map((place) => row[place] ?? '')),
      places.map((place) => align[place] ?? 'left'),
    ),
  )
  const fits = tried.find((lines) => lines.every((line) => Array.from(line).length <= columns))
  return fits ?? tried.at(-1)!.map((line) => cut(line, columns))
}

const pairedLines = (
  { comparison: { paired, films }, noModel }: RunMetrics,
  columns: number,
  paint: Paint,
): ReadonlyArray<string> => {
  if (paired.length === 0) return []
  const [head, ...lines] = fitted(
    [
      ['  metric', 'A', 'B', 'B − A', '95 % interval', 'n', 'detects', 'verdict'],
      ...paired.map(({ metric, a, b, difference, smallestDetectable, verdict }) => [
        `  ${metric}`,
        formatNumber(a.value),
        formatNumber(b.value),
        signed(difference.value),
        interval(difference),
        String(difference.n),
        formatNumber(smallestDetectable),
        verdict,
      ]),
    ],
    ['left', 'right', 'right', 'right', 'left', 'right', 'right'],
    [
      [0, 1, 2, 3, 4, 5, 6, 7],
      [0, 1, 2, 3, 4, 5, 7],
      [0, 3, 4, 5, 7],
      [0, 3, 4, 7],
    ],
    columns,
  )
  const arms = [...new Set(paired.map(({ arm }) => arm))]
  return [
    paint.bold('Film by film'),
    paint.dim(head!),
    ...arms.flatMap((arm) => {
      const { common, onlyA, onlyB, replicas, leakChecked } = films.find((one) => one.arm === arm)!
      const notes = [
        `${common} films of both`,
        ...(onlyA + onlyB > 0 ? [`left out: ${onlyA} only of A, ${onlyB} only of B`] : []),
        ...(replicas.some((n) => n > 1) ? [`replicas averaged: ${replicas.join(' and ')}`] : []),
        ...(noModel.includes(arm) ? ['no model is behind it'] : []),
        ...(leakChecked ? [] : ['what the models had seen is not known']),
      ]
      return [
        `${paint.bold(arm)}  ${paint.dim(notes.join('; '))}`,
        ...paired.flatMap((one, i) => {
          if (one.arm !== arm) return []
          const line = lines[i]!
          return line.endsWith(one.verdict)
            ? [line.slice(0, -one.verdict.length) + verdictPaint(one.verdict, paint)(one.verdict)]
            : [line]
        }),
      ]
    }),
    ...(head!.includes('detects')
      ? [paint.dim('detects: the true difference that so many films find four times in five')]
      : []),
  ]
}

const unpairedLines = (unpaired: RunMetrics['unpaired'], columns: number, paint: Paint): ReadonlyArray<string> => {
  if (unpaired.length === 0) return []
  const [head, ...lines] = fitted(
    [
      ['  metric', 'A', 'interval', 'B', 'interval', 'unit'],
      ...unpaired.map(({ name, a, b }) => [
        `  ${name}`,
        formatNumber(a.value),
        interval(a),
        formatNumber(b.value),
        interval(b),
        b.unit,
      ]),
    ],
    ['left', 'right', 'left', 'right', 'left'],
    [
      [0, 1, 2, 3, 4, 5],
      [0, 1, 3, 5],
      [0, 1, 3],
    ],
    columns,
  )
  return [paint.bold('Not paired: each run by itself'), paint.dim(head!), ...lines]
}

export const comparisonLines = (found: RunMetrics, columns: number, paint: Paint): ReadonlyArray<string> => {
  const { comparison, unpaired, onlyA, onlyB, oneSeed } = found
  const { paired, notPaired } = comparison
  return [
    ...pairedLines(found, columns, paint),
    ...notPaired.map(({ arm, text }) => `${paint.yellow('not paired')}  ${arm}: ${text}`),
    ...(paired.length + notPaired.length > 0 && unpaired.length > 0 ? [''] : []),
    ...unpairedLines(unpaired, columns, paint),
    ...(onlyA.length > 0 ? [`only in A: ${onlyA.length} metrics`] : []),
    ...(onlyB.length > 0 ? [`only in B: ${onlyB.length} metrics`] : []),
    ...(paired.length + unpaired.length === 0 ? ['(no metric is in both runs)'] : []),
    ...(oneSeed && paired.length > 0
      ? [
          '',
          `${paint.yellow('one seed each')}: the intervals are over films and patients; how far another training seed would move either run is not in them.`,
        ]
      : []),
  ]
}
