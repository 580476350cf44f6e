// A film of a folder from its file, its header and its row. Used by checkFolder.
import { cohortOf } from '../cohort/Cohort.ts'
import type { FilmRow, FolderTables, FoundFilm } from '../layouts/FolderLayout.ts'
import { OLDEST } from '../layouts/tables/yearsOf.ts'
import type { FilmHeader } from './checkFilmFile.ts'
import type { FolderFilm } from './FilmFolder.ts'
import { placeBoxes } from './placeBoxes.ts'
import type { Report } from './report.ts'

const FRONTAL = new Set(['', 'PA', 'AP'])

/** A film of which no table and no header says the view counts as frontal. */
export const isFrontal = (view: string): boolean => FRONTAL.has(view)

/** A film without its target, which depends on the finding in question. */
export type DescribedFilm = Omit<FolderFilm, 'target'>

/** What is lateral in one of the two is lateral: a film from the side among frontal ones is the costlier mistake. */
const viewOf = (header: string, row: string): string =>
  [header, row].find((view) => !isFrontal(view)) ?? (header || row)

/** The header where it says something, else the row: copies in an image format have lost their headers. */
export const describeFilm = (
  { id }: FoundFilm,
  header: FilmHeader,
  row: FilmRow,
  { boxSpace }: Pick<FolderTables, 'boxSpace'>,
  report: Report,
): DescribedFilm => {
  const { path, format, rows, columns } = header
  const { boxes, outside } = placeBoxes(id, row.boxes, header, boxSpace)
  for (const what of outside) report('box', what, id)
  const age = [header.age, row.age].find((age) => age >= 0 && age <= OLDEST) ?? -1
  const facts = { film: id, view: viewOf(header.view, row.view), sex: header.sex || row.sex, age }
  const patients = row.patient === undefined ? undefined : new Map([[id, row.patient]])
  const [entry] = cohortOf([facts], patients)
  return { ...entry!, path, format, rows, columns, mentions: row.mentions, class: row.class, boxes }
}
