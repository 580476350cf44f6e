// Entry of `draw-grids`.
import { FigureError, filmStrip, type FilmStrip } from '@radiograft/figures'
import { filmsOf, type Films, type RunOf } from '@radiograft/pipeline'
import { svgFigure } from '../pictures/svgFigure.ts'
import type { drawGrids } from './drawGrids.ts'

const COLUMNS = 8

/** Films in lines of eight; the set's name stands at its first. */
const linesOf = async (name: string, films: Films, ids: ReadonlyArray<string>): Promise<FilmStrip['rows']> => {
  const pixels = await films.rows(ids.map((id) => films.indexOf(id)))
  const { height, width } = films
  const lines = Math.ceil(ids.length / COLUMNS)
  return Array.from({ length: lines }, (_, line) => ({
    label: line === 0 ? name : '',
    cells: Array.from({ length: COLUMNS }, (_, column) => {
      const values = pixels[line * COLUMNS + column]
      return values ? { film: { pixels: values, height, width } } : null
    }),
  }))
}

export const run: RunOf<typeof drawGrids> = async ({ params, inputs }) => {
  const { names, shown } = params
  const { real, split, sets } = inputs
  if (names.length !== sets.length)
    throw new FigureError('draw-grids', `${names.length} names for ${sets.length} sets of films: give one each`)
  const heldOut = filmsOf(split, 'test').slice(0, shown)
  const rows = [
    ...(await linesOf('real, held out', real, heldOut)),
    ...(await Promise.all(sets.map((films, i) => linesOf(names[i]!, films, films.ids.slice(0, shown))))).flat(),
  ]
  const title = 'Generated films beside real ones'
  const caption =
    'The first films of each set by their ids, none chosen by its looks. Films of patients who took part in no training stand at the top.'
  const columns = Array.from({ length: COLUMNS }, () => ({ title: '' }))
  const svg = filmStrip({ title, description: caption, columns, rows, cellPixels: 96 })
  return { grid: svgFigure(svg, { title, caption, row: 'P1' }) }
}
