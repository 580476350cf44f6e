// The rows of a table that has the columns it must have. Used by the layouts.
import type { Report } from '../../folder/report.ts'
import type { NamedTable } from './readTable.ts'
import { walkCsv } from './walkCsv.ts'
import type { CsvRow } from './walkCsv.ts'

/** A folder's table may have ten thousand columns; a message shows some. */
const SHOWN = 20

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
    report('table', `${name} is not a CSV file: ${cause instanceof Error ? cause.message : String(cause)}`)
    return 0
  }
  missing ??= required.filter((column) => !columns.includes(column))
  if (missing.length > 0) {
    const rest = columns.length > SHOWN ? `, and ${columns.length - SHOWN} more` : ''
    const has =
      columns.length > 0 ? `it has ${columns.slice(0, SHOWN).join(', ').slice(0, 500)}${rest}` : 'the file is empty'
    report('column', `${name} has no column ${missing.map((m) => `"${m}"`).join(', ')}; ${has}`)
  } else if (rows === 0 && !mayBeEmpty) report('missing', `${name} has no rows`)
  return rows
}
