// Rows of boxes as lists by film. Used by the entries.
import type { Box } from '@radiograft/geometry'
import type { BoxRow } from '@radiograft/pipeline'

/** The boxes of a film; none for films without rows. */
export const boxesByFilm = (rows: ReadonlyArray<BoxRow>): ((film: string) => ReadonlyArray<Box>) => {
  const byFilm = new Map<string, Box[]>()
  for (const { film, x0, y0, x1, y1 } of rows) byFilm.set(film, [...(byFilm.get(film) ?? []), [x0, y0, x1, y1]])
  return (film) => byFilm.get(film) ?? []
}
