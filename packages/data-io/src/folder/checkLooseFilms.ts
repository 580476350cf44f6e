// A folder of film files and nothing else, as generators write them: no table, no classes, no patients. Checked like a
// folder of a layout, headers of all films before any work. Used by `radiograft fid`.
import { stat, realpath } from 'node:fs/promises'
import { resolve } from 'node:path'
import { checkFilmFile } from './checkFilmFile.ts'
import { isFrontal } from './describeFilm.ts'
import type { FolderFilm, FolderOptions } from './FilmFolder.ts'
import { FILM_ENDINGS, stemOf } from './filmNames.ts'
import { FolderError } from './FolderError.ts'
import type { FolderProblem } from './FolderError.ts'
import { listFolder } from './listFolder.ts'
import { mapBounded } from './mapBounded.ts'
import { passOn, problemList } from './report.ts'

/** A film of which nothing is known but its file; `film` is the file's name without its ending. */
export type LooseFilm = Pick<FolderFilm, 'film' | 'path' | 'format' | 'rows' | 'columns'>

export interface LooseFolder {
  readonly layout: undefined
  /** absolute */
  readonly folder: string
  /** ascending by name, at least one */
  readonly films: ReadonlyArray<LooseFilm>
  readonly left: { readonly bad: ReadonlyArray<FolderProblem>; readonly laterals: ReadonlyArray<string> }
}

const EXPECTED = `films (${FILM_ENDINGS}) side by side in the folder.`
const AT_A_TIME = 8

/**
 * Headers of all films that lie in the folder itself; folders in it are not looked into.
 * @throws FolderError with every problem at once; with `skipBad` only where no film is left, or films are lateral
 */
export const checkLooseFilms = async (
  given: string,
  { skipBad = false, laterals = 'refuse' }: Pick<FolderOptions, 'skipBad' | 'laterals'> = {},
): Promise<LooseFolder> => {
  const folder = resolve(given)
  const refuse = (problems: ReadonlyArray<FolderProblem>): FolderError =>
    new FolderError(folder, undefined, problems, EXPECTED)
  const there = await stat(folder).catch((cause: NodeJS.ErrnoException) => cause.code ?? cause.message)
  if (typeof there === 'string')
    throw refuse([
      { kind: 'missing', message: there === 'ENOENT' ? 'there is no such folder' : `it cannot be opened (${there})` },
    ])
  const { problems, report } = problemList()
  const root = await realpath(folder)
  const names = (await listFolder(root, '', report))?.films ?? []
  if (names.length === 0 && problems.length === 0)
    report('missing', there.isDirectory() ? `no film (${FILM_ENDINGS}) lies in it` : 'it is a file, not a folder')
  const dropped: string[] = []
  const parts = await mapBounded(names, AT_A_TIME, async (name) => {
    const own = problemList()
    const film = stemOf(name)
    const header = await checkFilmFile(root, { id: film, file: name, name }, own.report)
    const lateral = header !== undefined && !isFrontal(header.view)
    if (lateral && laterals === 'refuse')
      own.report('view', `${name} has the view ${header.view.slice(0, 16)}; frontal films (PA, AP) are read`, film)
    return { name, film, header, lateral, problems: own.problems }
  })
  const sound: LooseFilm[] = []
  const seen = new Map<string, string>()
  for (const { name, film, header, lateral, problems: own } of parts) {
    passOn(own, report)
    const before = seen.get(film)
    if (before !== undefined) report('duplicate', `${before} and ${name} are both film ${film}: keep one`, film)
    seen.set(film, name)
    if (!header) continue
    const { path, format, rows, columns } = header
    if (lateral) dropped.push(film)
    else sound.push({ film, path, format, rows, columns })
  }
  const skips = ({ film, kind }: FolderProblem): boolean => skipBad && film !== undefined && kind !== 'view'
  const bad = new Set(problems.filter(skips).flatMap(({ film }) => film ?? []))
  const films = sound.filter(({ film }) => !bad.has(film))
  if (films.length === 0 && problems.every(skips))
    report('left', `no film is left: ${bad.size} that are left out, ${dropped.length} lateral`)
  const fatal = problems.filter((problem) => !skips(problem))
  if (fatal.length > 0) throw refuse(fatal)
  return { layout: undefined, folder, films, left: { bad: problems.filter(skips), laterals: dropped } }
}
