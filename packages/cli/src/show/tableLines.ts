// Rows of an artefact as aligned columns, cut to the terminal's width.
import { alignColumns } from '../text/alignColumns.ts'
import { formatNumber } from '../text/formatNumber.ts'
import type { Paint } from '../text/paint.ts'
import { printableLine } from '../text/printable.ts'

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
  const [head, ...lines] = alignColumns(
    [names.map(printableLine), ...shown.map((row) => names.map((name) => cellText(row[name])))],
    numeric.map((one) => (one ? 'right' : 'left')),
  ).map((line) => cut(line, columns))
  const more = rows.length - shown.length
  return [
    paint.dim(head ?? ''),
    ...lines,
    ...(rows.length === 0 ? [paint.dim('(no rows)')] : []),
    ...(more > 0 ? [paint.dim(`… ${more} more of ${rows.length} rows: --rows <n>, or --all`)] : []),
  ]
}
