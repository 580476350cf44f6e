/**
 * Distances of queries to a block of pool films, some queries at a time, so that they stay in the cache while the block passes. Used by
 * `nearestFilms` and `nearestOwners`.
 */
import { squaredDistanceWithin } from '@radiograft/geometry'
import { MetricError } from '../MetricError.ts'
import { dimensionOf, type FeatureRows } from './FeatureRows.ts'

const QUERIES_AT_ONCE = 32

/**
 * @param dimension of the queries
 * @param most the squared distance beyond which a pair is of no use; undefined where it is of none at all
 * @param visit gets the squared distance, or Infinity where it is above `most`
 * @throws MetricError when the pool has another dimension, ids that repeat, or a value that is not finite
 */
export const eachDistance = (
  queries: FeatureRows,
  dimension: number,
  pool: FeatureRows,
  most: (query: number, film: number) => number | undefined,
  visit: (query: number, film: number, squared: number) => void,
): void => {
  const own = dimensionOf('pool', pool)
  if (own !== dimension) throw new MetricError('pool', `has ${own} features a film, the queries have ${dimension}`)
  for (let from = 0; from < queries.ids.length; from += QUERIES_AT_ONCE) {
    const to = Math.min(from + QUERIES_AT_ONCE, queries.ids.length)
    for (let p = 0; p < pool.ids.length; p++)
      for (let q = from; q < to; q++) {
        const bound = most(q, p)
        if (bound === undefined) continue
        visit(q, p, squaredDistanceWithin(queries.values, q * dimension, pool.values, p * dimension, dimension, bound))
      }
  }
}
