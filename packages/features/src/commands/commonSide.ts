import type { OpenFilms } from './openFilms.ts'
import { FilmSetError } from './FilmSetError.ts'

/**
 * The side that all films of these folders have once they are padded to squares.
 * @throws FilmSetError naming the first film of another size: sizes are brought together by choice only, since resizing
 *   moves every distance
 */
export const commonSide = (folders: ReadonlyArray<OpenFilms>): number => {
  const [{ films: first }] = folders as [OpenFilms]
  const { rows, columns } = first[0]!
  for (const { folder, films } of folders) {
    const others = films.filter((film) => film.rows !== rows || film.columns !== columns)
    const [other] = others
    if (other)
      throw new FilmSetError(
        folder,
        `${other.rows} x ${other.columns} pixels, where the first film has ${rows} x ${columns} (${others.length} of ${films.length} films ` +
          'of its folder differ). Bring all films to one side with --size <n>; figures of another side are not compared',
        other.path,
      )
  }
  return Math.max(rows, columns)
}
