// A table of films as the artefact that the report lays out. A part without such films gives a figure that says so: a long
// run must not fail at its last picture.
import { filmStrip, pictureGrid, type FilmStrip } from '@radiograft/figures'
import type { Figure } from '@radiograft/pipeline'
import { SHOWN } from './shownFilm.ts'
import { svgFigure } from './svgFigure.ts'

export const filmFigure = (
  words: Pick<Figure, 'title' | 'caption' | 'row'>,
  columns: ReadonlyArray<string>,
  rows: FilmStrip['rows'],
): Figure => {
  const { title, caption } = words
  if (rows.length === 0) {
    const description = 'This run has no such films.'
    const body = `<text x="14" y="16" font-size="12">${description}</text>`
    const pictures = [{ width: 480, height: 30, title: '', description, body }]
    return svgFigure(pictureGrid({ title, description, pictures }), { ...words, caption: `${description} ${caption}` })
  }
  const named = columns.map((name) => ({ title: name }))
  return svgFigure(filmStrip({ title, description: caption, columns: named, rows, cellPixels: SHOWN }), words)
}
