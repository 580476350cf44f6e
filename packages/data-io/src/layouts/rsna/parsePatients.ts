// Who is on RSNA's films: their ids name films, and a map to NIH's patients groups them (row G29). Ours
// (`rsna_to_nih.csv`) gives the patient and what headers of copies lost; NIH's own gives the image. Used by the RSNA layout.
import type { Report } from '../../folder/report.ts'
import type { NamedTable } from '../tables/readTable.ts'
import { sexOf } from '../tables/sexOf.ts'
import { tableRows } from '../tables/tableRows.ts'
import { walkCsv } from '../tables/walkCsv.ts'
import { yearsOf } from '../tables/yearsOf.ts'

export interface PatientFacts {
  /** `nih-282` */
  readonly patient: string
  /** empty, empty and −1 where the map does not say */
  readonly view: string
  readonly sex: string
  readonly age: number
}

/** The patient of an NIH image name: `00000282_000.png` is `nih-282`. */
const patientOfImage = (image: string): string | undefined => {
  const found = /^0{0,16}(\d{1,16})_\d/.exec(image)
  return found ? `nih-${found[1]!}` : undefined
}

/** `nih-282` of `282`, `00000282` and `nih-282`, as the image and NIH's own table give it; another name stays. */
const patientOfCell = (text: string): string => {
  const found = /^(?:nih-)?0{0,16}(\d{1,16})$/i.exec(text)
  return found ? `nih-${found[1]!}` : text
}

/** No value of a row is in a message: they say who a patient is. */
export const parsePatients = (file: NamedTable, report: Report): ReadonlyMap<string, PatientFacts> => {
  const columns = columnsOf(file)
  const id = columns.includes('rsna_patientId') ? 'rsna_patientId' : 'patientId'
  const by = ['nihPatient', 'nihImage'].find((column) => columns.includes(column)) ?? 'nih_image'
  const patients = new Map<string, PatientFacts>()
  tableRows(file, [id, by], report, ({ line, cell }) => {
    const where = `${file.name} line ${line}`
    const film = cell(id)
    const patient = by === 'nihPatient' ? patientOfCell(cell(by)) : patientOfImage(cell(by))
    if (film === '') return report('number', `${where}: ${id} is empty`)
    if (patient === undefined || patient === '') {
      return report('number', `${where}: ${by} is empty or not in NIH's form`, film)
    }
    const known = patients.get(film)
    if (known && known.patient !== patient) {
      return report('target', `${where}: film ${film} is given to two patients`, film)
    }
    patients.set(film, {
      patient,
      view: cell('view').toUpperCase(),
      sex: sexOf(cell('sex')),
      age: yearsOf(cell('age')),
    })
  })
  return patients
}

/** Longer than any line of column names. */
const HEADER = 64 * 1024

const columnsOf = ({ content }: NamedTable): ReadonlyArray<string> => {
  const start = content.slice(0, HEADER)
  const [line = ''] = (typeof start === 'string' ? start : new TextDecoder().decode(start)).split(/[\r\n]/, 1)
  try {
    return walkCsv(line, () => {})
  } catch {
    // tableRows says what is wrong with the file
    return []
  }
}
