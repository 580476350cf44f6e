// Entry of `synthetic-tables`. Of the films only their size is read: boxes are clipped to it.
import type { RunOf } from '@radiograft/pipeline'
import { BlendError } from '../BlendError.ts'
import { lesionBoxes, lesionOf } from './lesionBoxes.ts'
import { syntheticFilms } from './syntheticFilms.ts'
import type { syntheticTables } from './syntheticTables.ts'

/** The row of a film, or an error that names it. */
const rowOf = <Row extends { readonly film: string }>(
  table: string,
  rows: ReadonlyArray<Row>,
): ((film: string) => Row) => {
  const byFilm = new Map(rows.map((row) => [row.film, row]))
  return (film) => {
    const row = byFilm.get(film)
    if (!row) throw new BlendError(table, `has no row for film ${film}: wire the tables of the films that were paired`)
    return row
  }
}

export const run: RunOf<typeof syntheticTables> = ({ params, inputs }) => {
  const { films, split, pairs } = inputs
  const lesions = lesionBoxes(inputs.boxes, films)
  const [labelOf, personOf, partOf] = [
    rowOf('labels', inputs.labels),
    rowOf('cohort', inputs.cohort),
    rowOf('split', split),
  ]
  const made = syntheticFilms(pairs, params.rank, split)
  const boxes = made.flatMap(({ id, donor }) =>
    lesionOf(lesions, donor).map(({ box: [x0, y0, x1, y1], label }) => ({ film: id, x0, y0, x1, y1, label })),
  )
  return {
    boxes: params.label === 'donor' ? boxes : [],
    labels: made.map((film) => ({ ...labelOf(film[params.label]), film: film.id })),
    cohort: made.map(({ id, host }) => ({ ...personOf(host), film: id })),
    split: made.map(({ id, host }) => ({ ...partOf(host), film: id })),
  }
}
