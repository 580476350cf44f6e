// Detections of films as rows in the order of their kind. Used by the entries.
import type { Box } from '@radiograft/geometry'
import type { DetectionRow } from '@radiograft/pipeline'

export interface FilmDetections {
  readonly film: string
  readonly found: ReadonlyArray<{ readonly box: Box; readonly score: number }>
}

/** One row a detection, sorted by film, score and place. */
export const detectionRows = (films: ReadonlyArray<FilmDetections>): ReadonlyArray<DetectionRow> =>
  films
    .flatMap(({ film, found }) =>
      found.map(({ box: [x0, y0, x1, y1], score }) => ({ film, x0, y0, x1, y1, score: Math.min(score, 1) })),
    )
    .toSorted(
      (a, b) =>
        (a.film < b.film ? -1 : a.film > b.film ? 1 : 0) ||
        a.score - b.score ||
        a.x0 - b.x0 ||
        a.y0 - b.y0 ||
        a.x1 - b.x1 ||
        a.y1 - b.y1,
    )
