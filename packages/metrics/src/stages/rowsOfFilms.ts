// The rows of the films of one part, which tables of features and predictions are asked for.
import { MetricError } from '../MetricError.ts'

/**
 * One row a film, in the order of the films.
 * @throws MetricError when a film has no row
 */
export const rowsOfFilms = <T extends { readonly film: string }>(
  argument: string,
  rows: ReadonlyArray<T>,
  films: ReadonlyArray<string>,
): ReadonlyArray<T> => {
  const byFilm = new Map(rows.map((row) => [row.film, row]))
  const missing = films.filter((film) => !byFilm.has(film))
  if (missing.length > 0)
    throw new MetricError(
      argument,
      `has no row of ${missing.length} of the split's ${films.length} films, such as ${missing[0]}: make it from all films of the split`,
    )
  return films.map((film) => byFilm.get(film)!)
}
