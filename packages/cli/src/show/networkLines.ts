// The tensors of a network: shape, count, norm, and whether all values are finite.
import type { Network } from '@radiograft/pipeline'
import { alignColumns } from '../text/alignColumns.ts'
import { formatNumber } from '../text/formatNumber.ts'
import type { Paint } from '../text/paint.ts'
import { printableValues } from '../text/printableValues.ts'
import { cut } from './tableLines.ts'

/** Euclidean norm, in double precision. */
const normOf = (values: Float32Array): number => {
  let sum = 0
  for (const value of values) sum += value * value
  return Math.sqrt(sum)
}

export const networkLines = (network: Network, most: number, columns: number, paint: Paint): ReadonlyArray<string> => {
  const { config, tensors } = printableValues(network)
  const all = Object.entries(tensors)
  const count = all.reduce((sum, [, { data }]) => sum + data.length, 0)
  const [head, ...lines] = alignColumns(
    [
      ['  tensor', 'shape', 'values', 'norm', 'root mean square'],
      ...all.slice(0, most).map(([name, { shape, data }]) => {
        const norm = normOf(data)
        return [
          `  ${name}`,
          shape.length === 0 ? 'scalar' : shape.join(' × '),
          String(data.length),
          Number.isFinite(norm) ? formatNumber(norm) : 'not finite',
          Number.isFinite(norm) ? formatNumber(norm / Math.sqrt(Math.max(1, data.length))) : '',
        ]
      }),
    ],
    ['left', 'left', 'right', 'right', 'right'],
  ).map((line) => cut(line, columns))
  const bad = all.filter(([, { data }]) => data.some((value) => !Number.isFinite(value)))
  return [
    `${count.toLocaleString('en')} values in ${all.length} tensors`,
    cut(`configuration ${JSON.stringify(config)}`, columns),
    ...(bad.length > 0 ? [paint.red(`not finite: ${bad.map(([name]) => name).join(', ')}`)] : []),
    paint.dim(head!),
    ...lines,
    ...(all.length > most ? [paint.dim(`… ${all.length - most} more tensors: --rows <n>, or --all`)] : []),
  ]
}
