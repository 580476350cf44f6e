// CheXpert: train.csv and valid.csv beside the folders train and valid, whose films lie by patient and study; the folder
// itself or the one that it lies in. Used through layouts.ts.
import { join } from 'node:path'
import { unsafeName } from '../../folder/containedPath.ts'
import { FILM_ENDINGS } from '../../folder/filmNames.ts'
import { listFolder } from '../../folder/listFolder.ts'
import { mapBounded } from '../../folder/mapBounded.ts'
import { passOn, problemList, quoted } from '../../folder/report.ts'
import type { Report } from '../../folder/report.ts'
import type { FilmRow, FolderLayout, FolderTables, FoundFilm } from '../FolderLayout.ts'
import { foldersIn, hasFile, hasFolder } from '../hasName.ts'
import { readTable } from '../tables/readTable.ts'
import { CHEXPERT_FINDINGS } from './chexpertFindings.ts'
import { chexpertPath, SPLITS } from './chexpertPath.ts'
import { parseChexpert } from './parseChexpert.ts'

const isSplit = (name: string): boolean => SPLITS.some((split) => split === name)
const TABLE = /^(?:train|valid)\.csv(?:\.gz)?$/

const isChexpert = (folder: string): boolean =>
  hasFile(folder, (name) => TABLE.test(name)) &&
  foldersIn(folder)
    .filter(isSplit)
    .some((split) => hasFolder(join(folder, split), (name) => name.startsWith('patient')))

/** Where the tables lie, relative to the folder with a `/` at its end: in itself, or in the one folder in it that fits. */
const baseOf = (root: string): string => {
  const inner = hasFile(root, (name) => TABLE.test(name))
    ? []
    : foldersIn(root).filter((name) => isChexpert(join(root, name)))
  return inner.length === 1 ? `${inner[0]!}/` : ''
}

const AT_A_TIME = 8

/** The films `depth` folders down: patient, study, film. Sixty thousand patients are listed a few at a time. */
const filmsBelow = async (
  root: string,
  folder: string,
  depth: number,
  report: Report,
): Promise<ReadonlyArray<FoundFilm>> => {
  const listing = await listFolder(root, folder, report)
  if (!listing) return []
  if (depth === 0) return listing.films.flatMap((name) => filmAt(`${folder}/${name}`, report))
  const parts = await mapBounded(listing.folders, AT_A_TIME, async (name) => {
    const { problems, report } = problemList()
    return { films: await filmsBelow(root, `${folder}/${name}`, depth - 1, report), problems }
  })
  for (const { problems } of parts) passOn(problems, report)
  return parts.flatMap(({ films }) => films)
}

const filmAt = (file: string, report: Report): ReadonlyArray<FoundFilm> => {
  const found = unsafeName(file, 'path') === undefined ? chexpertPath(file) : undefined
  if (found) return [{ id: found.id, file, name: file }]
  report('unsafe', `the film ${quoted(file)} cannot be an id: letters, digits, ".", "_" and "-" make one; rename it`)
  return []
}

const findFilms = async (root: string, report: Report): Promise<ReadonlyArray<FoundFilm>> => {
  const base = baseOf(root)
  const films: ReadonlyArray<FoundFilm>[] = []
  for (const split of SPLITS) films.push(await filmsBelow(root, `${base}${split}`, 2, report))
  const all = films.flat()
  if (all.length === 0)
    report('missing', `no film (${FILM_ENDINGS}) lies in ${base}train or ${base}valid by patient and study`)
  return all
}

const readTables = async (root: string, report: Report): Promise<FolderTables> => {
  const base = baseOf(root)
  const films = new Map<string, FilmRow>()
  const names: string[] = []
  let rows = 0
  for (const split of SPLITS) {
    const folder = hasFolder(join(root, base), (name) => name === split)
    const table = hasFile(join(root, base), (name) => name === `${split}.csv` || name === `${split}.csv.gz`)
    if (table && !folder)
      report('missing', `there is ${base}${split}.csv and no folder ${base}${split}: add it, or leave out both`)
    if (!table) {
      if (folder)
        report('missing', `there is a folder ${base}${split} and no ${base}${split}.csv: add it, or leave out both`)
      continue
    }
    const file = await readTable(root, [`${base}${split}.csv`], report)
    if (!file) continue
    names.push(file.name)
    rows += parseChexpert(file, films, report)
  }
  if (!hasFile(join(root, base), (name) => TABLE.test(name)))
    report('missing', 'there is neither train.csv nor valid.csv')
  return {
    labelsFile: names[0] ?? 'train.csv',
    name: names.join(' and '),
    rows,
    films,
    findings: CHEXPERT_FINDINGS,
    finding: 'Pneumonia',
    hasBoxes: false,
    boxSpace: undefined,
  }
}

export const chexpertLayout: FolderLayout = {
  layout: 'chexpert',
  looksFor:
    'chexpert: train.csv or valid.csv beside train/patient*/ or valid/patient*/, or a folder with them (CheXpert)',
  expected:
    'train.csv and train/patient00001/study1/view1_frontal.jpg, valid.csv and valid/…, or either pair (Path,Sex,Age,' +
    'Frontal/Lateral,AP/PA and the fourteen findings).',
  detect: (folder) =>
    isChexpert(folder) || foldersIn(folder).filter((name) => isChexpert(join(folder, name))).length === 1,
  findFilms,
  readTables,
}
