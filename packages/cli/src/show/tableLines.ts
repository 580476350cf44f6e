// Rows of an artefact as aligned columns that fit the terminal; rows of sentences, which would not, one below the other.
import { alignColumns } from '../text/alignColumns.ts'
import { formatNumber } from '../text/formatNumber.ts'
import type { Paint } from '../text/paint.ts'
import { printableLine } from '../text/printable.ts'
import { wrapLines } from '../text/wrapLines.ts'
import { shortenColumns } from './shortenColumns.ts'

type Row = Readonly<Record<string, unknown>>

/** A value in few characters: numbers to four digits, bytes by their length, JSON for the rest. */
export const cellText = (value: unknown): string => {
  if (typeof value === 'number') return formatNumber(value)
  if (typeof value === 'string') return printableLine(value)
  if (value === null || value === undefined) return '–'
  if (value instanceof Uint8Array) return `${value.length} bytes`
  return printableLine(JSON.stringify(value))
}

/** A line of at most so many characters, `…` where it was cut. */
export const cut = (line: string, columns: number): string => {
  const characters = Array.from(line)
  return characters.length <= columns ? line : `${characters.slice(0, Math.max(1, columns - 1)).join('')}…`
}

const lengthOf = (text: string): number => Array.from(text).length

/** Each row as lines of its own, a column a line and its text wrapped: for rows of sentences. */
const rowsBelow = (
  [names = [], ...rows]: ReadonlyArray<ReadonlyArray<string>>,
  columns: number,
  paint: Paint,
): ReadonlyArray<string> => {
  const margin = Math.max(...names.map(lengthOf)) + 2
  return rows.flatMap((row, i) => [
    ...(i === 0 ? [] : ['']),
    ...names.flatMap((name, k) =>
      // a terminal too narrow for both has the name above
      margin + leastText > columns
        ? [paint.dim(cut(name, columns)), ...wrapLines(row[k]!, columns)]
        : wrapLines(row[k]!, columns - margin).map(
            (line, n) =>
              `${n === 0 ? paint.dim(name) + ' '.repeat(margin - lengthOf(name)) : ' '.repeat(margin)}${line}`,
          ),
    ),
  ])
}
const leastText = 12

/** The first `most` rows; says how many are left out. `columns`: Infinity where nothing is cut. */
export const tableLines = (
  names: ReadonlyArray<string>,
  rows: ReadonlyArray<Row>,
  most: number,
  columns: number,
  paint: Paint,
): ReadonlyArray<string> => {
  const shown = rows.slice(0, most)
  const numeric = names.map((name) => shown.length > 0 && shown.every((row) => typeof row[name] === 'number'))
  const cells = [names.map(printableLine), ...shown.map((row) => names.map((name) => cellText(row[name])))]
  const widths = shortenColumns(
    names.map((_, i) => cells.reduce((width, row) => Math.max(width, lengthOf(row[i]!)), 0)),
    numeric,
    columns,
  )
  const more = rows.length - shown.length
  const [head = '', ...lines] = alignColumns(
    cells.map((row) => row.map((cell, i) => cut(cell, widths?.[i] ?? Infinity))),
    numeric.map((one) => (one ? 'right' : 'left')),
  )
  return [
    ...(widths === undefined && shown.length > 0
      ? rowsBelow(cells, columns, paint)
      : [paint.dim(cut(head, columns)), ...lines]),
    ...(rows.length === 0 ? [paint.dim('(no rows)')] : []),
    ...(more > 0 ? [paint.dim(`… ${more} more of ${rows.length} rows: --rows <n>, or --all`)] : []),
  ]
}
