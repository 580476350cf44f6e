// NIH's Data_Entry_2017.csv, in its first form (ages such as `058Y`) and in that of 2020. Names end in .png whatever the
// film on disk is, so films go by their stems. Used by the NIH layout.
import { unsafeName } from '../../folder/containedPath.ts'
import type { Mention } from '../../folder/FilmFolder.ts'
import { stemOf } from '../../folder/filmNames.ts'
import { didYouMean } from '../../folder/nearestName.ts'
import { quoted } from '../../folder/report.ts'
import type { Report } from '../../folder/report.ts'
import type { FilmRow } from '../FolderLayout.ts'
import type { NamedTable } from '../tables/readTable.ts'
import { sexOf } from '../tables/sexOf.ts'
import { tableRows } from '../tables/tableRows.ts'
import { yearsOf } from '../tables/yearsOf.ts'
import { NIH_FINDINGS, NO_FINDING } from './nihFindings.ts'

export type EntryRow = Omit<FilmRow, 'boxes'>

/** What is wrong with the labels of a film, as the rest of a sentence; undefined where nothing is. */
const wrongLabels = (labels: ReadonlyArray<string>): string | undefined => {
  const unknown = labels.find((label) => label !== NO_FINDING && !NIH_FINDINGS.includes(label))
  if (unknown !== undefined) {
    const near = didYouMean(unknown, [NO_FINDING, ...NIH_FINDINGS])
    return `the finding ${quoted(unknown)} is none of the fourteen and not "${NO_FINDING}"${near}`
  }
  return labels.includes(NO_FINDING) && labels.length > 1 ? `"${NO_FINDING}" beside other findings` : undefined
}

interface Said extends Pick<EntryRow, 'class' | 'mentions'> {
  readonly wrong: string | undefined
}

const readLabels = (text: string): Said => {
  const labels = [...new Set(text.split('|').map((label) => label.trim()))]
  return {
    wrong: wrongLabels(labels),
    class: labels.includes(NO_FINDING) ? 'Normal' : labels.join('|'),
    mentions: Object.fromEntries(
      NIH_FINDINGS.map((finding): [string, Mention] => [finding, labels.includes(finding) ? 1 : 0]),
    ),
  }
}

/** @returns by stem of the image's name */
export const parseEntries = (
  file: NamedTable,
  report: Report,
): { readonly rows: number; readonly films: ReadonlyMap<string, EntryRow> } => {
  const films = new Map<string, EntryRow>()
  const lines = new Map<string, number>()
  // 110,000 rows have some 800 different labels: one object each for all of their films
  const known = new Map<string, Said>()
  const saidBy = (text: string): Said => {
    const said = known.get(text) ?? readLabels(text)
    known.set(text, said)
    return said
  }
  const rows = tableRows(file, ['Image Index', 'Finding Labels', 'Patient ID'], report, ({ line, cell }) => {
    const where = `${file.name} line ${line}`
    const image = cell('Image Index')
    const unsafe = unsafeName(image, 'name')
    if (unsafe !== undefined) return report('unsafe', `${where}: the image ${quoted(image)} ${unsafe}`)
    const id = stemOf(image)
    if (lines.has(id)) {
      return report('duplicate', `${where}: ${id} is there a second time, first on line ${lines.get(id)!}`, id)
    }
    lines.set(id, line)
    const { wrong, ...said } = saidBy(cell('Finding Labels'))
    if (wrong !== undefined) report('class', `${where}: ${wrong}`, id)
    // its value says who the patient is, so a message does not
    const patient = /^0{0,16}(\d{1,16})$/.exec(cell('Patient ID'))?.[1]
    if (patient === undefined) report('number', `${where}: Patient ID is empty or no number`, id)
    films.set(id, {
      id,
      where: `line ${line} of ${file.name}`,
      patient: patient && `nih-${patient}`,
      view: cell('View Position').toUpperCase(),
      sex: sexOf(cell('Patient Gender') || cell('Patient Sex')),
      age: yearsOf(cell('Patient Age')),
      ...said,
    })
  })
  return { rows, films }
}
