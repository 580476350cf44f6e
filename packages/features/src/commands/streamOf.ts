// The films of an open folder as a stream for extractors, decoded on threads ahead of who reads them.
import { streamFilms } from '@radiograft/data-io'
import type { FilmStream } from '../FilmStream.ts'
import type { OpenFilm, OpenFilms } from './openFilms.ts'

export interface StreamOptions {
  /** side of the square films */
  readonly size: number
  readonly workers: number
  readonly signal?: AbortSignal | undefined
}

/** @param films some of the folder's, or all */
export const streamOf = (
  { folder, layout, films: all }: OpenFilms,
  { size, workers, signal }: StreamOptions,
  films: ReadonlyArray<OpenFilm> = all,
): FilmStream => ({
  ids: films.map(({ film }) => film),
  units: films.map(({ unit }) => unit),
  height: size,
  width: size,
  pixels: async function* () {
    if (films.length === 0) return
    const read = streamFilms({ folder, layout, films }, { size, workers, ...(signal && { signal }) })
    for await (const { pixels } of read) yield pixels
  },
})
