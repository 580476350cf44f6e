// RSNA's class file: a film's one class, repeated for each of its boxes. Used by the RSNA layout.
import { quoted } from '../../folder/report.ts'
import type { Report } from '../../folder/report.ts'
import type { NamedTable } from '../tables/readTable.ts'
import { tableRows } from '../tables/tableRows.ts'

const RSNA_CLASSES: ReadonlyArray<string> = ['Normal', 'No Lung Opacity / Not Normal', 'Lung Opacity']

/** Class by film. */
export const parseClasses = (file: NamedTable, report: Report): ReadonlyMap<string, string> => {
  const classes = new Map<string, string>()
  tableRows(file, ['patientId', 'class'], report, ({ line, cell }) => {
    const where = `${file.name} line ${line}`
    const id = cell('patientId')
    const name = cell('class')
    const known = classes.get(id)
    if (!RSNA_CLASSES.includes(name)) {
      report('class', `${where}: class ${quoted(name)}, expected ${RSNA_CLASSES.map(quoted).join(', ')}`, id)
    } else if (known !== undefined && known !== name) {
      report('class', `${where}: ${id} is "${name}", before "${known}"`, id)
    } else classes.set(id, name)
  })
  return classes
}
