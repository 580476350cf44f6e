// Rows of boxes as lists by film. Used by the entries of the figures.
import type { Box } from '@radiograft/geometry'
import type { BoxRow } from '@radiograft/pipeline'

/** The boxes of a film, in its own pixels; none for films without rows. */
export const boxesByFilm = (rows: ReadonlyArray<Omit<BoxRow, 'label'>>): ((film: string) => ReadonlyArray<Box>) => {
  const byFilm = new Map<string, Box[]>()
  for (const { film, x0, y0, x1, y1 } of rows) {
    const own = byFilm.get(film)
    if (own) own.push([x0, y0, x1, y1])
    else byFilm.set(film, [[x0, y0, x1, y1]])
  }
  return (film) => byFilm.get(film) ?? []
}
