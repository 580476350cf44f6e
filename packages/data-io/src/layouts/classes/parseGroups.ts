// groups.csv of a layout of one folder a class: who is on each film, and, where it says so, a finer label such as
// `Pneumonia|Virus`. Used by the classes layout.
import { unsafeName } from '../../folder/containedPath.ts'
import { quoted } from '../../folder/report.ts'
import type { Report } from '../../folder/report.ts'
import type { NamedTable } from '../tables/readTable.ts'
import { tableRows } from '../tables/tableRows.ts'

export interface GroupRow {
  readonly line: number
  readonly patient: string
  /** parts of the label; undefined where there is none */
  readonly labels: ReadonlyArray<string> | undefined
}

/**
 * @param idOf the film of a file, for problems that are about one; the file itself where there is none
 * @returns by file, relative to the folder, with `/`
 */
export const parseGroups = (
  table: NamedTable,
  idOf: (file: string) => string,
  report: Report,
): { readonly rows: number; readonly groups: ReadonlyMap<string, GroupRow> } => {
  const groups = new Map<string, GroupRow>()
  const rows = tableRows(table, ['file', 'patient'], report, ({ line, cell }) => {
    const where = `${table.name} line ${line}`
    const unsafe = unsafeName(cell('file'), 'path')
    if (unsafe !== undefined) return report('unsafe', `${where}: the file ${quoted(cell('file'))} ${unsafe}`)
    const file = cell('file')
      .replaceAll('\\', '/')
      .replace(/^(?:\.\/)+/, '')
    const known = groups.get(file)
    const id = idOf(file)
    if (known) {
      return report('duplicate', `${where}: ${quoted(file)} is there a second time, first on line ${known.line}`, id)
    }
    if (cell('patient') === '') report('number', `${where}: patient is empty`, id)
    const labels = cell('label')
      .split('|')
      .map((label) => label.trim())
      .filter((label) => label !== '')
    groups.set(file, { line, patient: cell('patient'), labels: labels.length > 0 ? labels : undefined })
  })
  return { rows, groups }
}
