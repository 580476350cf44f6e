// The decoding thread of streamFilms.
import { serveThread, startThread } from '../threads/serveThread.ts'
import type { FolderFilm } from './FilmFolder.ts'
import { readFilm } from './readFilm.ts'
import type { ReadFilmOptions } from './readFilm.ts'

const ROLE = 'radiograft-read-film'

/** Starts a thread that reads a film for each request. */
export const startFilmReader = (options: ReadFilmOptions) => startThread(import.meta.url, ROLE, options)

await serveThread(ROLE, async (film: Pick<FolderFilm, 'path' | 'format'>, options: ReadFilmOptions) => {
  const value = await readFilm(film, options)
  return { value, transfer: [value.pixels.buffer as ArrayBuffer] }
})
