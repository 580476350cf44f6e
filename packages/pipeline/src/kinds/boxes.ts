// Boxes: one row a box, in pixels of its own film, x1 and y1 exclusive, origin at the outer corner of the top left pixel.
import { tableKind } from '../Kind.ts'

export interface BoxRow {
  readonly film: string
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
  /** the finding, such as `opacity` */
  readonly label: string
}

export const Boxes = tableKind<BoxRow>()('boxes', {
  layout: 'table',
  columns: { film: 'utf8', x0: 'float64', y0: 'float64', x1: 'float64', y1: 'float64', label: 'utf8' },
  sortBy: ['film', 'x0', 'y0', 'x1', 'y1'],
})

/** The boxes of a film as [x0, y0, x1, y1], in the order of the rows; none for films without rows. */
export const boxesByFilm = (
  rows: ReadonlyArray<Omit<BoxRow, 'label'>>,
): ((film: string) => ReadonlyArray<readonly [x0: number, y0: number, x1: number, y1: number]>) => {
  const byFilm = new Map<string, Array<readonly [number, number, number, number]>>()
  for (const { film, x0, y0, x1, y1 } of rows) {
    const own = byFilm.get(film)
    if (own) own.push([x0, y0, x1, y1])
    else byFilm.set(film, [[x0, y0, x1, y1]])
  }
  return (film) => byFilm.get(film) ?? []
}
