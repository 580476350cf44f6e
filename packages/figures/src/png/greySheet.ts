// A contact sheet: many films in one grey PNG, for generator samples and quick looks.
import { FigureError } from '../FigureError.ts'
import { encodePng } from './encodePng.ts'
import { toGreyBytes } from './FilmPicture.ts'
import type { FilmPicture } from './FilmPicture.ts'

/**
 * A PNG with the films in reading order, `columns` a row, on white. Films of unequal size share a cell of the largest
 * height and width and sit in its top left corner.
 * @param columns films a row (fewer films than that make a narrower sheet)
 * @param gap white pixels between films and around them. @default 2
 * @throws FigureError without films, with a bad number of columns, or when a film's pixels do not fit its size
 */
export const greySheet = (films: ReadonlyArray<FilmPicture>, columns: number, gap = 2): Uint8Array => {
  if (films.length === 0) throw new FigureError('greySheet', 'no films')
  if (!Number.isSafeInteger(columns) || columns < 1 || !Number.isSafeInteger(gap) || gap < 0) {
    throw new FigureError('greySheet', `cannot lay out ${columns} columns with a gap of ${gap}`)
  }
  const across = Math.min(columns, films.length)
  const cellHeight = Math.max(...films.map((film) => film.height))
  const cellWidth = Math.max(...films.map((film) => film.width))
  const width = gap + across * (cellWidth + gap)
  const height = gap + Math.ceil(films.length / across) * (cellHeight + gap)
  const pixels = new Uint8Array(height * width).fill(255)
  films.forEach((film, n) => {
    const bytes = toGreyBytes('greySheet', film)
    const top = gap + Math.floor(n / across) * (cellHeight + gap)
    const left = gap + (n % across) * (cellWidth + gap)
    for (let r = 0; r < film.height; r++) {
      pixels.set(bytes.subarray(r * film.width, (r + 1) * film.width), (top + r) * width + left)
    }
  })
  return encodePng({ width, height, pixels })
}
