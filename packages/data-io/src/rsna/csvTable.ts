// A CSV file as rows of named columns with their line numbers: byte order mark, Windows line ends, quotes and gzip are
// taken as they come. Used by readRsnaTables.
import { parse } from 'csv-parse/sync'

interface CsvRow {
  /** 1 is the header */
  readonly line: number
  /** the trimmed value of a column; empty when the row is short */
  readonly cell: (column: string) => string
}

export interface CsvTable {
  readonly columns: ReadonlyArray<string>
  readonly rows: ReadonlyArray<CsvRow>
}

/** Parses the text of a CSV file whose first row names the columns. An empty text has no columns. */
export const csvTable = (text: string): CsvTable => {
  const records = parse(text, {
    bom: true,
    info: true,
    trim: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    record_delimiter: ['\r\n', '\n', '\r'],
  }) as unknown as ReadonlyArray<{ readonly info: { readonly lines: number }; readonly record: ReadonlyArray<string> }>
  const columns = records[0]?.record ?? []
  const places = new Map(columns.map((column, place) => [column, place]))
  return {
    columns,
    rows: records.slice(1).map(({ info, record }) => ({
      line: info.lines,
      cell: (column) => record[places.get(column) ?? -1] ?? '',
    })),
  }
}
