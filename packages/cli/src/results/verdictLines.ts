// What a study says: the lines of every table that has a column `verdict`, printed at the end of a run.
import type { Table } from '@radiograft/pipeline'
import { verdictsOf } from '@radiograft/report'
import { alignColumns } from '../text/alignColumns.ts'
import type { Paint } from '../text/paint.ts'

/** What stands beside a verdict, where the table has it; `ours, 95 %` is ours too. */
const beside = ['claim', 'ours']

export const verdictLines = (tables: ReadonlyArray<Table>, paint: Paint): ReadonlyArray<string> =>
  tables.flatMap((table) => {
    const { title, columns, cells, note } = table
    if (!columns.includes('verdict')) return []
    const places = beside
      .map((name) => columns.findIndex((column) => column.split(',')[0] === name))
      .filter((place) => place >= 0)
    const verdicts = verdictsOf(table)
    const rows = cells.map((row, i) => [`  ${verdicts[i]}`, ...places.map((place) => String(row[place] ?? ''))])
    return [paint.bold(title), ...alignColumns(rows), ...(note ? [paint.dim(`  ${note}`)] : [])]
  })
