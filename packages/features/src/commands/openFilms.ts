// A folder of films for `fid`: of a layout that data-io knows, with its patients, or loose files, each its own unit.
import { checkFolder, checkLooseFilms, detectLayout } from '@radiograft/data-io'
import type { FilmFolder, LooseFilm } from '@radiograft/data-io'
import { rng } from '@radiograft/random'
import { FilmSetError } from './FilmSetError.ts'

export interface OpenFilm extends LooseFilm {
  /** its patient, or its own id */
  readonly unit: string
}

export interface OpenFilms {
  /** absolute */
  readonly folder: string
  readonly layout: FilmFolder['layout'] | undefined
  /** ascending by id */
  readonly films: ReadonlyArray<OpenFilm>
  /** false where films stand for their own patients */
  readonly patientsKnown: boolean
  /** films of the folder that were left out by choice */
  readonly left: number
}

export interface OpenFilmsOptions {
  readonly skipBad?: boolean
  readonly laterals?: 'refuse' | 'drop'
  /** draw so many films of the folder @default all */
  readonly films?: number | undefined
}

/**
 * @throws FolderError with every problem of the folder: colour films and unreadable ones by their files' names
 * @throws FilmSetError where there are fewer films than are to be drawn
 */
export const openFilms = async (
  given: string,
  { skipBad = false, laterals = 'refuse', films: wanted }: OpenFilmsOptions,
): Promise<OpenFilms> => {
  const layout = detectLayout(given)
  const options = { skipBad, laterals }
  const found = layout
    ? await checkFolder(given, layout, { ...options, needsFinding: false })
    : await checkLooseFilms(given, options)
  const all = found.films.map((film): OpenFilm => ({
    film: film.film,
    path: film.path,
    format: film.format,
    rows: film.rows,
    columns: film.columns,
    unit: 'patient' in film ? film.patient : film.film,
  }))
  const { folder, left } = found
  if (wanted !== undefined && wanted > all.length)
    throw new FilmSetError(folder, `it has ${all.length} films, and ${wanted} are to be drawn: draw fewer with --films`)
  const drawn = rng('films of fid').permutation(all.length).slice(0, wanted)
  return {
    folder,
    layout: found.layout,
    films: Array.from(drawn.toSorted(), (i) => all[i]!),
    patientsKnown: 'patientsKnown' in found && found.patientsKnown,
    left: left.bad.length + left.laterals.length,
  }
}
