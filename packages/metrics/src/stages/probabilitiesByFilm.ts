// Rows of predictions, film by film, of known classes.
import type { PredictionRow } from '@radiograft/pipeline'
import { groupBy } from '../groupBy.ts'
import { MetricError } from '../MetricError.ts'

/** What a classifier says of one film, [classes]. */
export interface FilmProbabilities {
  readonly film: string
  readonly probabilities: ReadonlyArray<number>
}

/** Classes of a classifier, sorted. */
export const classesOf = (rows: ReadonlyArray<PredictionRow>): ReadonlyArray<string> =>
  [...new Set(rows.map((row) => row.class))].toSorted()

/**
 * @param argument names the port in messages
 * @throws MetricError when there is no film, a class is not one of these, a film lacks one or has it twice, or a number is no probability
 */
export const probabilitiesByFilm = (
  argument: string,
  rows: ReadonlyArray<PredictionRow>,
  classes: ReadonlyArray<string>,
): ReadonlyArray<FilmProbabilities> => {
  if (rows.length === 0) throw new MetricError(argument, 'holds no film: there is nothing to count')
  const place = new Map(classes.map((name, k) => [name, k]))
  return [...groupBy(rows, (row) => row.film)].map(([film, own]) => {
    const probabilities = classes.map(() => NaN)
    for (const row of own) {
      const k = place.get(row.class)
      if (k === undefined)
        throw new MetricError(
          argument,
          `film ${film} has class "${row.class}", validation films have ${classes.join(', ')}: predict all with one classifier`,
        )
      if (!Number.isNaN(probabilities[k]))
        throw new MetricError(argument, `film ${film} has class "${row.class}" twice`)
      if (!(row.probability >= 0 && row.probability <= 1))
        throw new MetricError(argument, `film ${film} has probability ${row.probability} of "${row.class}"`)
      probabilities[k] = row.probability
    }
    const lacking = probabilities.findIndex(Number.isNaN)
    if (lacking >= 0) throw new MetricError(argument, `film ${film} has no probability of "${classes[lacking]}"`)
    return { film, probabilities }
  })
}
