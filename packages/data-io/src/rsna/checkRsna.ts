// A folder in RSNA's Kaggle layout, checked before any work: tables, headers of all films, each against the other.
// Nothing is decoded. Used by readRsna, by the read-rsna stage, and by the command line before it plans.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Box } from '@radiograft/geometry'
import { byText, cohortOf } from '../cohort/Cohort.ts'
import type { CohortEntry } from '../cohort/Cohort.ts'
import { checkDicomFile } from '../dicom/checkDicomFile.ts'
import { DicomError } from '../dicom/DicomError.ts'
import type { DicomHeader } from '../dicom/readDicomHeader.ts'
import type { RsnaTables } from './parseRsnaTables.ts'
import { inspectRsnaTables } from './readRsnaTables.ts'
import { RsnaFolderError } from './RsnaFolderError.ts'
import type { RsnaProblem } from './RsnaFolderError.ts'
import { summariseRsna } from './summariseRsna.ts'
import type { RsnaSummary } from './summariseRsna.ts'

export interface RsnaFilm extends CohortEntry {
  /** absolute path */
  readonly path: string
  readonly rows: number
  readonly columns: number
  readonly class: string
  readonly target: 0 | 1
  /** in pixels of the film as it is on disk */
  readonly boxes: ReadonlyArray<Box>
}

export interface RsnaFolder {
  readonly folder: string
  /** ascending by id, at least one */
  readonly films: ReadonlyArray<RsnaFilm>
  readonly summary: RsnaSummary
  /** false where the folder has no map to patients: splits are then by film (row G29) */
  readonly patientsKnown: boolean
}

const IMAGES = 'stage_2_train_images'
const FRONTAL = new Set(['', 'PA', 'AP'])

const filmIds = (folder: string, problems: RsnaProblem[]): ReadonlyArray<string> => {
  const images = join(folder, IMAGES)
  if (!existsSync(folder)) return []
  if (!existsSync(images) || !statSync(images).isDirectory()) {
    problems.push({ kind: 'missing', message: `there is no folder ${IMAGES}` })
    return []
  }
  const names = readdirSync(images)
  const ids = names.filter((name) => name.endsWith('.dcm')).map((name) => name.slice(0, -'.dcm'.length))
  if (ids.length === 0) {
    const other = names.length > 0 ? `, only others such as ${names[0]!}` : ''
    problems.push({ kind: 'missing', message: `${IMAGES} holds no .dcm file${other}` })
  }
  return ids.toSorted(byText)
}

const outside = ([x0, y0, x1, y1]: Box, { rows, columns }: DicomHeader): boolean =>
  x0 < 0 || y0 < 0 || x1 > columns || y1 > rows

/** The header of a film when it can be used; undefined after reporting when not. */
const usableHeader = (path: string, problems: RsnaProblem[]): DicomHeader | undefined => {
  try {
    return checkDicomFile(path)
  } catch (error) {
    if (!(error instanceof DicomError)) throw error
    problems.push({ kind: 'film', message: error.message })
    return undefined
  }
}

const readFilms = (
  folder: string,
  ids: ReadonlyArray<string>,
  tables: RsnaTables,
  problems: RsnaProblem[],
): ReadonlyArray<RsnaFilm> =>
  ids.flatMap((id) => {
    const path = join(folder, IMAGES, `${id}.dcm`)
    const header = usableHeader(path, problems)
    const label = tables.labels.get(id)
    // with no label at all the labels file is what is wrong, and that has been said
    if (!label && tables.labels.size > 0) {
      problems.push({ kind: 'film-without-row', message: `${id}.dcm has no row in the labels` })
    }
    if (!header) return []
    const known = tables.patients?.get(id)
    const view = header.view === '' ? (known?.view ?? '') : header.view
    if (!FRONTAL.has(view)) {
      problems.push({ kind: 'view', message: `${id}.dcm has the view ${view}; frontal films (PA, AP) are read` })
    }
    const boxes = label?.boxes ?? []
    for (const box of boxes.filter((box) => outside(box, header))) {
      problems.push({
        kind: 'box',
        message: `the box from (${box[0]}, ${box[1]}) to (${box[2]}, ${box[3]}) of ${id} leaves its film of ${header.columns} x ${header.rows}`,
      })
    }
    const [entry] = cohortOf(
      [
        {
          film: id,
          view,
          sex: header.sex === '' ? (known?.sex ?? '') : header.sex,
          age: header.age < 0 ? (known?.age ?? -1) : header.age,
        },
      ],
      known && new Map([[id, known.patient]]),
    )
    const { rows, columns } = header
    return [{ ...entry!, path, rows, columns, class: tables.classes.get(id) ?? '', target: label?.target ?? 0, boxes }]
  })

/**
 * Reads tables and headers, and holds them against each other: missing files and columns, films without a row and rows
 * without a film, contradicting targets and classes, boxes that are empty or leave their film, truncated and unreadable
 * films, lateral views. About 2 s for 10,000 films.
 * @throws RsnaFolderError with every problem at once
 */
export const checkRsna = (folder: string): RsnaFolder => {
  const root = resolve(folder)
  const { tables, problems: found } = inspectRsnaTables(root)
  const problems: RsnaProblem[] = [...found]
  const ids = filmIds(root, problems)
  const there = new Set(ids)
  if (ids.length > 0) {
    for (const [id, { line }] of tables.labels) {
      if (!there.has(id)) {
        problems.push({ kind: 'row-without-film', message: `line ${line} of the labels: there is no ${id}.dcm` })
      }
    }
  }
  const films = readFilms(root, ids, tables, problems)
  if (problems.length > 0) throw new RsnaFolderError(root, problems)
  return { folder: root, films, summary: summariseRsna(tables), patientsKnown: films.every((f) => f.patientKnown) }
}
