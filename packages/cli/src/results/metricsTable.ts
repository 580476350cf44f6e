// Metrics as an aligned table, one block an arm: what `radiograft metrics` and the end of a run print.
import { alignColumns } from '../text/alignColumns.ts'
import { formatNumber } from '../text/formatNumber.ts'
import type { Paint } from '../text/paint.ts'
import type { MetricsRecord } from './metricsRecord.ts'

/** `<arm>/<part>/<metric>` in its three parts; an arm may hold slashes, part and metric do not. */
const partsOf = (name: string): readonly [string, string, string] => {
  const [, arm = '', part = '', metric = name] = /^(.*)\/([^/]*)\/([^/]*)$/.exec(name) ?? []
  return [arm, part, metric]
}

export const metricsTable = (metrics: MetricsRecord, paint: Paint): ReadonlyArray<string> => {
  const names = Object.keys(metrics)
  const lines = alignColumns(
    [
      ['  part', 'metric', 'value', '95 % interval', 'n', 'unit'],
      ...names.map((name) => {
        const { value, low, high, n, unit } = metrics[name]!
        const [, part, metric] = partsOf(name)
        const interval = low === null && high === null ? '' : `[${formatNumber(low)}, ${formatNumber(high)}]`
        return [`  ${part}`, metric, formatNumber(value), interval, String(n), unit]
      }),
    ],
    ['left', 'left', 'right', 'left', 'right'],
  )
  const arms = [...new Set(names.map((name) => partsOf(name)[0]))]
  return [
    paint.dim(lines[0]!),
    ...arms.flatMap((arm) => [
      paint.bold(arm === '' ? '(no arm)' : arm),
      ...names.flatMap((name, i) => (partsOf(name)[0] === arm ? [lines[i + 1]!] : [])),
    ]),
  ]
}
