// One file that is a film by its name, looked at without decoding: that it lies in the folder, is a file and no pipe, and
// that its header can be used. Used by checkFolder.
import { stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { checkDicomFile } from '../dicom/checkDicomFile.ts'
import { checkImageFile } from '../images/checkImageFile.ts'
import type { FoundFilm } from '../layouts/FolderLayout.ts'
import { containedPath, MEND_LINK } from './containedPath.ts'
import type { FilmFormat } from './FilmFolder.ts'
import { isDicomName } from './filmNames.ts'
import type { Report } from './report.ts'

/** What a header says; view and sex are empty and age −1 where it does not, as in all image formats. */
export interface FilmHeader {
  /** absolute, links followed */
  readonly path: string
  readonly format: FilmFormat
  readonly rows: number
  readonly columns: number
  readonly view: string
  readonly sex: string
  readonly age: number
}

const headerOf = async (path: string): Promise<Omit<FilmHeader, 'path'>> => {
  if (!isDicomName(path)) {
    const { format, rows, columns } = await checkImageFile(path)
    return { format, rows, columns, view: '', sex: '', age: -1 }
  }
  const { rows, columns, view, sex, age } = checkDicomFile(path)
  return { format: 'dicom', rows, columns, view, sex, age }
}

/** @returns undefined after reporting why the film cannot be used */
export const checkFilmFile = async (
  root: string,
  { id, file, name }: FoundFilm,
  report: Report,
): Promise<FilmHeader | undefined> => {
  const given = join(root, file)
  try {
    const path = await containedPath(root, given)
    if (path === undefined) {
      report('unsafe', `${name} is a link that leads out of the folder: ${MEND_LINK}`, id)
      return undefined
    }
    // opening a pipe would wait for a writer that never comes
    if ((await stat(path)).isFile()) return { path, ...(await headerOf(path)) }
    report('film', `${name} is no file: a folder, pipe or device of a film’s name; remove or rename it`, id)
  } catch (cause) {
    report('film', failureOf(cause, name), id)
  }
  return undefined
}

/** Errors of the readers begin with the file's name, which says little where films lie in folders of their own. */
const failureOf = (cause: unknown, name: string): string => {
  const { code, message } = cause as NodeJS.ErrnoException
  if (code === 'ENOENT') return `${name} is a link to nothing: restore what it led to, or remove it`
  if (code !== undefined) return `${name} cannot be read (${code}): mend its permissions, or copy it again`
  return message.startsWith(basename(name)) ? name + message.slice(basename(name).length) : `${name}: ${message}`
}
