// The rows of a table that has the columns it must have. Used by the layouts.
import type { Report } from '../../folder/report.ts'
import { isKnownColumn } from './knownColumns.ts'
import type { NamedTable } from './readTable.ts'
import { CsvFileError, walkCsv } from './walkCsv.ts'
import type { CsvRow } from './walkCsv.ts'

/** A folder's table may have ten thousand columns; a message shows some. */
const SHOWN = 20

/** What the first row holds, where it is no header nothing of it: it may say who someone is. */
const has = (columns: ReadonlyArray<string>, required: ReadonlyArray<string>): string => {
  if (columns.length === 0) return 'the file is empty'
  const known = columns.filter((name) => required.includes(name) || isKnownColumn(name)).slice(0, SHOWN)
  const others = columns.length - known.length
  if (known.length === 0) {
    return `its first row, which should name its columns, holds ${others} other value(s) between commas`
  }
  return `it has ${known.join(', ')}${others > 0 ? `, and ${others} other(s)` : ''}`
}

/**
 * Calls `onRow` with every row, unless a column is missing, which is reported, as a table without rows is where it may not
 * be empty.
 * @param required every one of which the table must have
 * @returns how many rows there are
 */
export const tableRows = (
  { name, content }: NamedTable,
  required: ReadonlyArray<string>,
  report: Report,
  onRow: (row: CsvRow) => void,
  { mayBeEmpty = false }: { readonly mayBeEmpty?: boolean } = {},
): number => {
  let rows = 0
  let missing: ReadonlyArray<string> | undefined
  let columns: ReadonlyArray<string>
  try {
    columns = walkCsv(content, (row, columns) => {
      missing ??= required.filter((column) => !columns.includes(column))
      rows += 1
      if (missing.length === 0) onRow(row)
    })
  } catch (cause) {
    if (!(cause instanceof CsvFileError)) throw cause
    report('table', `${name} is not a CSV file: ${cause.message}`)
    return 0
  }
  missing ??= required.filter((column) => !columns.includes(column))
  if (missing.length > 0) {
    report('column', `${name} has no column ${missing.map((m) => `"${m}"`).join(', ')}; ${has(columns, required)}`)
  } else if (rows === 0 && !mayBeEmpty) report('missing', `${name} has no rows`)
  return rows
}
