/** What searches for near copies compare: films as rows of numbers in one space. */
import { MetricError } from '../MetricError.ts'

/** Films as rows of numbers: pixels in [0, 1], or a network's features. */
export interface FeatureRows {
  /** one a film, none twice */
  readonly ids: readonly string[]
  /** [films, dimension], film after film */
  readonly values: Float32Array | Float64Array
}

/**
 * Features a film.
 * @throws MetricError when there is no film, ids repeat, values do not divide by their number, or one is not finite
 */
export const dimensionOf = (argument: string, { ids, values }: FeatureRows): number => {
  if (ids.length === 0) throw new MetricError(argument, 'holds no film')
  if (new Set(ids).size < ids.length) throw new MetricError(argument, 'an id stands twice: give each film its own')
  const dimension = values.length / ids.length
  if (!(Number.isInteger(dimension) && dimension > 0))
    throw new MetricError(argument, `${values.length} values are no whole number of features for ${ids.length} films`)
  const wrong = values.findIndex((v) => !Number.isFinite(v))
  if (wrong >= 0)
    throw new MetricError(argument, `film ${ids[Math.floor(wrong / dimension)]} has a value that is not finite`)
  return dimension
}
