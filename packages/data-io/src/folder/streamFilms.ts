// The films of a checked folder, prepared, in order of id, a few in memory at a time; decoding runs on worker threads
// ahead of whoever consumes them. Used by the read-films stage and by `radiograft data`.
import { basename } from 'node:path'
import { mapOnThreads } from '../threads/mapOnThreads.ts'
import type { ThreadResult } from '../threads/mapOnThreads.ts'
import type { FilmFolder, FolderFilm } from './FilmFolder.ts'
import { FolderError } from './FolderError.ts'
import type { FolderProblem } from './FolderError.ts'
import { readFilm } from './readFilm.ts'
import type { PreparedFilm, ReadFilmOptions } from './readFilm.ts'
import { startFilmReader } from './readFilm.worker.ts'

export interface StreamFilmsOptions extends ReadFilmOptions {
  /** Threads that decode; 0 decodes in this one. @default 2 */
  readonly workers?: number
  /** Called with each film that decoding shows to be damaged, which is then left out. @default they end the stream */
  readonly onBad?: (problem: FolderProblem) => void
  readonly signal?: AbortSignal
}

export interface StreamedFilm extends PreparedFilm {
  readonly film: FolderFilm
}

/**
 * All films in ascending order of id, each once.
 * @throws FolderError when decoding shows films to be damaged: after the first one the others are still tried, so that
 *   the error has the whole list; with `onBad` they are handed over and left out
 */
export async function* streamFilms(
  folder: FilmFolder,
  { workers = 2, onBad, signal, ...options }: StreamFilmsOptions,
): AsyncGenerator<StreamedFilm, void, undefined> {
  const { films } = folder
  const problems: FolderProblem[] = []
  let turn = 0
  for await (const result of results(films, workers, options)) {
    signal?.throwIfAborted()
    const film = films[turn++]!
    if ('failure' in result) {
      const problem = problemOf(film, result.failure)
      if (onBad) onBad(problem)
      else problems.push(problem)
    } else if (problems.length === 0) yield { film, ...result.value }
  }
  if (problems.length > 0)
    throw new FolderError(
      folder.folder,
      folder.layout,
      problems,
      'films that can be decoded; --skip-bad leaves out others.',
    )
}

const results = (
  films: ReadonlyArray<FolderFilm>,
  workers: number,
  options: ReadFilmOptions,
): AsyncGenerator<ThreadResult<PreparedFilm>> => {
  if (workers === 0) return hereResults(films, options)
  const requests = films.map(({ path, format }) => ({ path, format }))
  return mapOnThreads(requests, workers, () => startFilmReader(options))
}

async function* hereResults(
  films: ReadonlyArray<FolderFilm>,
  options: ReadFilmOptions,
): AsyncGenerator<ThreadResult<PreparedFilm>> {
  for (const film of films) {
    yield await readFilm(film, options).then(
      (value) => ({ value }),
      (error: unknown) => ({ failure: error instanceof Error ? error.message : String(error) }),
    )
  }
}

const problemOf = ({ film, path }: FolderFilm, message: string): FolderProblem => ({
  kind: 'film',
  // typed errors name their file; others, such as a file that vanished, may not
  message: message.includes(basename(path)) ? message : `${basename(path)}: ${message}`,
  film,
})
