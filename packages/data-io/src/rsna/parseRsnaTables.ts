// RSNA's tables from text to facts: targets and boxes, classes, and who the patient is where a map is given. Pure; every
// problem is collected with its file and line. Used by readRsnaTables.
import type { Box } from '@radiograft/geometry'
import { csvTable } from './csvTable.ts'
import type { CsvTable } from './csvTable.ts'
import type { RsnaProblem, RsnaProblemKind } from './RsnaFolderError.ts'

/** A file of the folder: its name for messages, and its text. */
export interface NamedText {
  readonly name: string
  readonly text: string
}

export interface LabelFacts {
  readonly target: 0 | 1
  /** in pixels of the film as it is on disk */
  readonly boxes: ReadonlyArray<Box>
  /** the film's first line in the labels file */
  readonly line: number
}

export interface PatientFacts {
  /** `nih-282` */
  readonly patient: string
  /** empty, empty and −1 where the map does not say */
  readonly view: string
  readonly sex: string
  readonly age: number
}

export interface RsnaTables {
  /** name of the labels file, for messages */
  readonly labelsFile: string
  /** rows of the labels file */
  readonly rows: number
  readonly labels: ReadonlyMap<string, LabelFacts>
  readonly classes: ReadonlyMap<string, string>
  /** undefined where no map is given: folds are then by film (row G29) */
  readonly patients: ReadonlyMap<string, PatientFacts> | undefined
}

const RSNA_CLASSES = ['Normal', 'No Lung Opacity / Not Normal', 'Lung Opacity'] as const

type Report = (kind: RsnaProblemKind, message: string) => void

/** The table when it has the columns, each one of which may go by several names; undefined after reporting when not. */
const tableWith = (file: NamedText, columns: ReadonlyArray<string>, report: Report): CsvTable | undefined => {
  let table: CsvTable
  try {
    table = csvTable(file.text)
  } catch (cause) {
    report('column', `${file.name} is not a CSV file: ${cause instanceof Error ? cause.message : String(cause)}`)
    return undefined
  }
  const missing = columns.filter((column) => !table.columns.includes(column))
  if (missing.length > 0) {
    const has = table.columns.length > 0 ? `it has ${table.columns.join(', ')}` : 'the file is empty'
    report('column', `${file.name} has no column ${missing.map((m) => `"${m}"`).join(', ')}; ${has}`)
    return undefined
  }
  if (table.rows.length === 0) report('missing', `${file.name} has no rows`)
  return table
}

const boxOf = (values: ReadonlyArray<number>): Box => [
  values[0]!,
  values[1]!,
  values[0]! + values[2]!,
  values[1]! + values[3]!,
]

const parseLabels = (file: NamedText, report: Report): Pick<RsnaTables, 'rows' | 'labels'> => {
  const labels = new Map<string, { target: 0 | 1; boxes: Box[]; line: number }>()
  const table = tableWith(file, ['patientId', 'x', 'y', 'width', 'height', 'Target'], report)
  const seen = new Set<string>()
  for (const { line, cell } of table?.rows ?? []) {
    const where = `${file.name} line ${line}`
    const id = cell('patientId')
    if (id === '') {
      report('number', `${where}: patientId is empty`)
      continue
    }
    const target = Number(cell('Target'))
    if (cell('Target') === '' || (target !== 0 && target !== 1)) {
      report('number', `${where}: Target is "${cell('Target')}", expected 0 or 1`)
      continue
    }
    const known = labels.get(id)
    if (known && known.target !== target) {
      report('target', `${where}: ${id} has Target ${target}, on line ${known.line} Target ${known.target}`)
      continue
    }
    const facts = known ?? { target, boxes: [], line }
    labels.set(id, facts)
    const texts = ['x', 'y', 'width', 'height'].map(cell)
    if (texts.every((text) => text === '')) {
      if (target === 1) report('box', `${where}: ${id} has Target 1 and no box`)
      continue
    }
    const values = texts.map((text) => (text === '' ? NaN : Number(text)))
    const wrong = values.findIndex((value) => !Number.isFinite(value))
    if (wrong >= 0) {
      report('number', `${where}: ${['x', 'y', 'width', 'height'][wrong]!} is "${texts[wrong]!}", expected a number`)
    } else if (target === 0) report('box', `${where}: ${id} has Target 0 and a box`)
    else if (values[2]! <= 0 || values[3]! <= 0) {
      report('box', `${where}: the box is ${values[2]!} x ${values[3]!} pixels, it must not be empty`)
    } else if (seen.has(`${id},${values.join(',')}`)) report('box', `${where}: the same box of ${id} a second time`)
    else {
      seen.add(`${id},${values.join(',')}`)
      facts.boxes.push(boxOf(values))
    }
  }
  return { rows: table?.rows.length ?? 0, labels }
}

const parseClasses = (file: NamedText, report: Report): RsnaTables['classes'] => {
  const classes = new Map<string, string>()
  for (const { line, cell } of tableWith(file, ['patientId', 'class'], report)?.rows ?? []) {
    const where = `${file.name} line ${line}`
    const id = cell('patientId')
    const name = cell('class')
    const known = classes.get(id)
    if (!RSNA_CLASSES.some((each) => each === name)) {
      report('class', `${where}: class "${name}", expected ${RSNA_CLASSES.map((each) => `"${each}"`).join(', ')}`)
    } else if (known !== undefined && known !== name) report('class', `${where}: ${id} is "${name}", before "${known}"`)
    else classes.set(id, name)
  }
  return classes
}

/** The patient of an NIH image name: `00000282_000.png` is `nih-282`. */
const patientOfImage = (image: string): string | undefined => {
  const found = /^0*(\d+)_\d+/.exec(image)
  return found ? `nih-${found[1]!}` : undefined
}

const parsePatients = (file: NamedText, report: Report): RsnaTables['patients'] => {
  const columns = new Set(csvTable(file.text.slice(0, file.text.search(/[\r\n]|$/))).columns)
  const id = columns.has('rsna_patientId') ? 'rsna_patientId' : 'patientId'
  const by = columns.has('nihPatient') ? 'nihPatient' : columns.has('nihImage') ? 'nihImage' : 'nih_image'
  const patients = new Map<string, PatientFacts>()
  for (const { line, cell } of tableWith(file, [id, by], report)?.rows ?? []) {
    const film = cell(id)
    const patient = by === 'nihPatient' ? cell(by) : patientOfImage(cell(by))
    const known = patients.get(film)
    if (film === '' || patient === undefined || patient === '') {
      report('number', `${file.name} line ${line}: ${film === '' ? id : by} is empty or not in NIH's form`)
    } else if (known && known.patient !== patient) {
      report('target', `${file.name} line ${line}: film ${film} is given to two patients`)
    } else {
      const age = Number(cell('age'))
      const years = cell('age') !== '' && Number.isFinite(age) ? Math.floor(age) : -1
      patients.set(film, { patient, view: cell('view').toUpperCase(), sex: cell('sex').toUpperCase(), age: years })
    }
  }
  return patients
}

const crossCheck = (labels: RsnaTables['labels'], classes: RsnaTables['classes'], report: Report): void => {
  for (const [id, { target, line }] of labels) {
    const name = classes.get(id)
    if (name === undefined) report('class', `film ${id} (line ${line} of the labels) has no class`)
    else if ((name === 'Lung Opacity') !== (target === 1)) {
      report('class', `film ${id} is "${name}" and has Target ${target}`)
    }
  }
  for (const id of classes.keys()) if (!labels.has(id)) report('class', `film ${id} has a class and no label`)
}

/** The tables and every problem in them. Sizes of films are not known here: `checkRsna` holds boxes against them. */
export const parseRsnaTables = (files: {
  readonly labels: NamedText
  readonly classes: NamedText
  readonly patients?: NamedText | undefined
}): { readonly tables: RsnaTables; readonly problems: ReadonlyArray<RsnaProblem> } => {
  const problems: RsnaProblem[] = []
  const report: Report = (kind, message) => problems.push({ kind, message })
  const { rows, labels } = parseLabels(files.labels, report)
  const classes = parseClasses(files.classes, report)
  const patients = files.patients && parsePatients(files.patients, report)
  // one missing column would otherwise be reported once a film
  if (labels.size > 0 && classes.size > 0) crossCheck(labels, classes, report)
  return { tables: { labelsFile: files.labels.name, rows, labels, classes, patients }, problems }
}
