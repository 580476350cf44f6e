// The films of a checked folder, prepared, in order of id, a few in memory at a time; decoding runs on worker threads
// ahead of whoever consumes them. Used by the read-films stage and by `radiograft data`.
import { realpath } from 'node:fs/promises'
import { basename, isAbsolute, relative, sep } from 'node:path'
import { failureOf } from '../threads/failureOf.ts'
import { mapOnThreads } from '../threads/mapOnThreads.ts'
import type { ThreadFailure, ThreadResult } from '../threads/mapOnThreads.ts'
import type { FilmFolder, FolderFilm } from './FilmFolder.ts'
import { FolderError } from './FolderError.ts'
import type { FolderProblem } from './FolderError.ts'
import { readFilm } from './readFilm.ts'
import type { PreparedFilm, ReadFilmOptions } from './readFilm.ts'
import { startFilmReader } from './readFilm.worker.ts'

export interface StreamFilmsOptions extends ReadFilmOptions {
  /** Threads that decode, a whole number; 0 decodes in this one. @default 2 */
  readonly workers?: number
  /** Called with each film that decoding shows to be damaged, which is then left out. @default they end the stream */
  readonly onBad?: (problem: FolderProblem) => void
  readonly signal?: AbortSignal
}

/** What a film has to have to be read. */
export type FilmFile = Pick<FolderFilm, 'film' | 'path' | 'format'>

/** A checked folder, of a layout (`FilmFolder`) or of none (`LooseFolder`). */
export type StreamedFolder<F extends FilmFile> = Pick<FilmFolder, 'folder'> & {
  readonly layout: FilmFolder['layout'] | undefined
  readonly films: ReadonlyArray<F>
}

export interface StreamedFilm<F extends FilmFile = FolderFilm> extends PreparedFilm {
  readonly film: F
}

/** What films themselves are at fault for. A disk that fails or a thread that dies says nothing of the film. */
const DAMAGE: ReadonlySet<string | undefined> = new Set(['DicomError', 'ImageError'])

/** A size or a number of workers with which no film would come, and nothing would say why. */
export class StreamFilmsOptionError extends RangeError {
  readonly _tag = 'StreamFilmsOptionError'
  override readonly name = 'StreamFilmsOptionError'
  readonly option: 'size' | 'workers'
  constructor(option: 'size' | 'workers', value: number, least: number) {
    super(`${option} is ${value}: give a whole number from ${least}`)
    this.option = option
  }
}

/** A film that could not be read for a reason that is not the film's: the stream ends, whatever is to be skipped. */
export class FilmReadError extends Error {
  readonly _tag = 'FilmReadError'
  override readonly name = 'FilmReadError'
  /** id of the film */
  readonly film: string
  constructor(film: string, message: string) {
    super(
      `${message}. This is not known to be the film’s fault, so it is not skipped: see that the disk can be read and that ` +
        'memory and open files are not used up, and run again',
    )
    this.film = film
  }
}

const checkWhole = (option: 'size' | 'workers', value: number, least: number): void => {
  if (!Number.isSafeInteger(value) || value < least) throw new StreamFilmsOptionError(option, value, least)
}

/**
 * All films in ascending order of id, each once.
 * @throws FolderError when decoding shows films to be damaged: after the first one the others are still tried, so that
 *   the error has the whole list; with `onBad` they are handed over and left out, and only none left is an error
 * @throws FilmReadError at once for any other failure, `onBad` or not
 * @throws StreamFilmsOptionError before anything is read
 */
export async function* streamFilms<F extends FilmFile = FolderFilm>(
  folder: StreamedFolder<F>,
  { workers = 2, onBad, signal, ...options }: StreamFilmsOptions,
): AsyncGenerator<StreamedFilm<F>, void, undefined> {
  checkWhole('workers', workers, 0)
  checkWhole('size', options.size, 1)
  const { films } = folder
  const fail = (problems: ReadonlyArray<FolderProblem>, expected: string): FolderError =>
    new FolderError(folder.folder, folder.layout, problems, expected)
  const problems: FolderProblem[] = []
  let turn = 0
  for await (const result of results(films, workers, options)) {
    signal?.throwIfAborted()
    const film = films[turn++]!
    if ('failure' in result) {
      const message = await messageOf(folder, film, result)
      if (!DAMAGE.has(result.tag)) throw new FilmReadError(film.film, message)
      const problem: FolderProblem = { kind: 'film', message, film: film.film }
      problems.push(problem)
      onBad?.(problem)
    } else if (onBad || problems.length === 0) yield { film, ...result.value }
  }
  if (!onBad && problems.length > 0) throw fail(problems, 'films that can be decoded; --skip-bad leaves out others.')
  if (problems.length > 0 && problems.length === films.length) {
    const [{ message }] = problems as [FolderProblem]
    const none = `no film is left: decoding shows all ${problems.length} to be damaged, the first being ${message}`
    throw fail([{ kind: 'left', message: none }], 'films that can be decoded.')
  }
}

const results = (
  films: ReadonlyArray<FilmFile>,
  workers: number,
  options: ReadFilmOptions,
): AsyncGenerator<ThreadResult<PreparedFilm>> => {
  if (workers === 0) return hereResults(films, options)
  const requests = films.map(({ path, format }) => ({ path, format }))
  return mapOnThreads(requests, workers, () => startFilmReader(options))
}

async function* hereResults(
  films: ReadonlyArray<FilmFile>,
  options: ReadFilmOptions,
): AsyncGenerator<ThreadResult<PreparedFilm>> {
  for (const film of films) {
    yield await readFilm(film, options).then(
      (value) => ({ value }),
      (error: unknown) => failureOf(error),
    )
  }
}

/**
 * Typed errors begin with their file's name, which says little where films lie in folders of their own: CheXpert's are all
 * called `view1_frontal.jpg`. Others, as of a thread that died, name none.
 */
const messageOf = async (
  { folder }: Pick<FilmFolder, 'folder'>,
  { film, path }: FilmFile,
  { failure }: ThreadFailure,
): Promise<string> => {
  // paths of films have their links followed, the folder's has not; where it is gone the film's id has to do
  const root = await realpath(folder).catch(() => folder)
  const inside = relative(root, path)
  const name = inside.startsWith('..') || isAbsolute(inside) ? film : inside.replaceAll(sep, '/')
  const own = `${basename(path)}: `
  return `${name}: ${failure.startsWith(own) ? failure.slice(own.length) : failure}`
}
