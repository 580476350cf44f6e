// NIH's tables as what they say of each film. Used by the NIH layout.
import { listFolder } from '../../folder/listFolder.ts'
import type { Report } from '../../folder/report.ts'
import type { FilmRow, FolderTables } from '../FolderLayout.ts'
import { readTable } from '../tables/readTable.ts'
import { NIH_FINDINGS } from './nihFindings.ts'
import { parseBoxes } from './parseBoxes.ts'
import { parseEntries } from './parseEntries.ts'

/** The prefix is that of a folder of tables alone. */
export const ENTRIES = /^(?:nih_)?Data_Entry_2017.*\.csv(?:\.gz)?$/
const BOXES = ['BBox_List_2017.csv', 'nih_BBox_List_2017.csv']
/** Columns and rows of the originals, which the boxes were drawn on. */
const ORIGINAL = [1024, 1024] as const

export const readNihTables = async (root: string, report: Report): Promise<FolderTables> => {
  const listed = (await listFolder(root, '', report))?.others.filter((name) => ENTRIES.test(name)) ?? []
  if (listed.length > 1) report('duplicate', `${listed.join(' and ')} both list the films: keep one`)
  const entriesFile = await readTable(root, [listed[0] ?? 'Data_Entry_2017.csv'], report, { required: true })
  const entries = entriesFile ? parseEntries(entriesFile, report) : { rows: 0, films: new Map() }
  const boxesFile = await readTable(root, BOXES, report)
  // entries that could not be read have been reported; boxes without them would be reported once more, each
  const boxes = boxesFile && parseBoxes(boxesFile, entries.films.size > 0 ? entries.films : undefined, report)
  const films = [...entries.films].map(([id, row]): [string, FilmRow] => [id, { ...row, boxes: boxes?.get(id) ?? [] }])
  const name = entriesFile?.name ?? 'Data_Entry_2017.csv'
  return {
    labelsFile: name,
    name,
    rows: entries.rows,
    films: new Map(films),
    findings: NIH_FINDINGS,
    finding: 'Pneumonia',
    hasBoxes: boxes !== undefined,
    boxSpace: ORIGINAL,
  }
}
