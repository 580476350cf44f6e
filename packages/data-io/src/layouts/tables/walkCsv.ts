// A CSV file row by row, with line numbers: byte order mark, Windows line ends, quotes and bytes that are not UTF-8 are
// taken as they come. Rows are not kept, so what is in memory is what the caller makes of them. Used by tableRows.
import { CsvError, parse } from 'csv-parse/sync'

/** The file is no CSV file that is read. Its message ends a sentence and quotes no cell. */
export class CsvFileError extends Error {
  readonly _tag = 'CsvFileError'
}

export interface CsvRow {
  /** 1 is the header */
  readonly line: number
  /** the trimmed value of a column; empty when the row is short or there is no such column */
  readonly cell: (column: string) => string
  /** the trimmed value at a place; empty when the row is short */
  readonly at: (place: number) => string
}

/** Of a row, and so of a field: an unclosed quotation mark would make one field of the rest of the file. */
const LONGEST_ROW = 1024 ** 2
const MOST_COLUMNS = 10_000

/**
 * @param content a CSV file whose first row names the columns
 * @param onRow gets every row after the first
 * @returns the columns; none of an empty file
 * @throws CsvFileError unclosed quotes, a row beyond 1 MiB, more than 10,000 columns; what `onRow` throws, as it is
 */
export const walkCsv = (
  content: string | Uint8Array,
  onRow: (row: CsvRow, columns: ReadonlyArray<string>) => void,
): ReadonlyArray<string> => {
  let columns: ReadonlyArray<string> | undefined
  let places: ReadonlyMap<string, number> = new Map()
  // a Buffer view: csv-parse takes no other bytes
  const input = typeof content === 'string' ? content : Buffer.from(content.buffer, content.byteOffset, content.length)
  try {
    parse(input, {
      bom: true,
      trim: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      max_record_size: LONGEST_ROW,
      on_record: (record: ReadonlyArray<string>, { lines }) => {
        if (columns) {
          onRow(
            { line: lines, cell: (column) => record[places.get(column) ?? -1] ?? '', at: (i) => record[i] ?? '' },
            columns,
          )
          return null
        }
        if (record.length > MOST_COLUMNS) throw new CsvFileError(`it has more than ${MOST_COLUMNS} columns`)
        columns = record
        places = new Map(record.map((column, place) => [column, place]))
        return null
      },
    })
  } catch (cause) {
    throw cause instanceof CsvError ? new CsvFileError(cause.message, { cause }) : cause
  }
  return columns ?? []
}
