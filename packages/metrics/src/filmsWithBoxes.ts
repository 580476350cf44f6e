/**
 * Rows of detections and of true boxes gathered film by film, in the order of `films`: what `rsnaAp` takes. Films
 * without any row are kept, because a film without boxes and a film without detections both count.
 */
import type { Box } from '@radiograft/geometry'
import { groupBy } from './groupBy.ts'
import type { RsnaFilm } from './rsnaAp.ts'

interface BoxOfFilm {
  readonly film: string
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}

const boxOf = (row: BoxOfFilm): Box => [row.x0, row.y0, row.x1, row.y1]

export const filmsWithBoxes = (
  films: ReadonlyArray<{ readonly film: string }>,
  detections: ReadonlyArray<BoxOfFilm & { readonly score: number }>,
  boxes: ReadonlyArray<BoxOfFilm>,
): ReadonlyArray<RsnaFilm> => {
  const found = groupBy(detections, (row) => row.film)
  const truth = groupBy(boxes, (row) => row.film)
  return films.map(({ film }) => ({
    id: film,
    preds: (found.get(film) ?? []).map((row) => ({ box: boxOf(row), score: row.score })),
    truth: (truth.get(film) ?? []).map(boxOf),
  }))
}
