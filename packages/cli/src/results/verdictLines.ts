// What a study says: the lines of every table that has a column `verdict`, printed at the end of a run.
import type { Table } from '@radiograft/pipeline'
import { alignColumns } from '../text/alignColumns.ts'
import type { Paint } from '../text/paint.ts'

/** What stands beside a verdict, where the table has it. */
const beside = ['claim', 'ours']

export const verdictLines = (tables: ReadonlyArray<Table>, paint: Paint): ReadonlyArray<string> =>
  tables.flatMap(({ title, columns, cells, note }) => {
    if (!columns.includes('verdict')) return []
    const places = ['verdict', ...beside].map((name) => columns.indexOf(name)).filter((place) => place >= 0)
    const rows = cells.map((row) => places.map((place, i) => `${i === 0 ? '  ' : ''}${String(row[place] ?? '')}`))
    return [paint.bold(title), ...alignColumns(rows), ...(note ? [paint.dim(`  ${note}`)] : [])]
  })
