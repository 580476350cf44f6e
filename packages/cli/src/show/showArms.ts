// The arms of a stage that has several: what they differ in, and how each is named to be shown.
import type { RunRecordNode } from '@radiograft/artefact-store'
import { alignColumns } from '../text/alignColumns.ts'
import { formatSeconds } from '../text/formatSeconds.ts'
import type { Paint } from '../text/paint.ts'
import { printableLine } from '../text/printable.ts'
import { printableValues } from '../text/printableValues.ts'
import { cut } from './tableLines.ts'

export const showArms = (
  given: string,
  found: ReadonlyArray<RunRecordNode>,
  port: string | undefined,
  columns: number,
  paint: Paint,
): ReadonlyArray<string> => {
  const nodes = printableValues(found)
  const names = [...new Set(nodes.flatMap(({ params }) => Object.keys(params)))]
  const differing = names.filter((name) => new Set(nodes.map(({ params }) => JSON.stringify(params[name]))).size > 1)
  const [head, ...lines] = alignColumns([
    ['  arm', 'state', 'time', 'key', ...differing],
    ...nodes.map(({ label, status, seconds, key, params }) => [
      `  ${label}`,
      status,
      seconds === null ? '' : formatSeconds(seconds),
      key?.slice(0, 12) ?? '',
      ...differing.map((name) => JSON.stringify(params[name])),
    ]),
  ]).map((line) => cut(line, columns))
  const first = `${nodes[0]!.label}${port === undefined ? '' : `.${printableLine(port)}`}`
  return [
    `${paint.bold(printableLine(given))} has ${nodes.length} arms in this run; show one by its label, such as '${first}':`,
    paint.dim(head!),
    ...lines,
  ]
}
