/**
 * The nearest film of each query in any feature space, exactly: pool films are offered block by block, so memory holds the queries
 * and one block. The memorisation report looks for copies with it (P10).
 *
 * Differences are summed as they are, never as ‖a‖² + ‖b‖² − 2ab, which loses the short distances that a copy has. `blend` has a search
 * that is faster on thumbnails, because films are smooth; features of a network are not.
 */
import { squaredDistanceWithin } from '@radiograft/geometry'
import { MetricError } from '../MetricError.ts'

/** Films as rows of numbers: pixels in [0, 1], or a network's features. */
export interface FeatureRows {
  /** one a film, none twice */
  readonly ids: readonly string[]
  /** [films, dimension], film after film */
  readonly values: Float32Array | Float64Array
}

export interface NearestFilms {
  /** of the queries, as given */
  readonly ids: readonly string[]
  /** id of the nearest pool film; of equal distances the first id in code unit order, whatever the order of blocks */
  readonly nearest: readonly string[]
  /** Euclidean */
  readonly distances: Float64Array
}

export interface NearestSearch {
  /** @throws MetricError when the block has another dimension, or a value that is not finite */
  readonly offer: (pool: FeatureRows) => NearestSearch
  /** @throws MetricError when no pool film was offered */
  readonly result: () => NearestFilms
}

/**
 * ```ts
 * const { nearest, distances } = nearestFilms(samples).offer(block1).offer(block2).result()
 * ```
 * @throws MetricError when ids repeat, or values do not divide by their number
 */
export const nearestFilms = (queries: FeatureRows): NearestSearch => {
  const dimension = dimensionOf('queries', queries)
  const best = new Float64Array(queries.ids.length).fill(Infinity)
  const bestId = Array.from(queries.ids, () => '')
  let offered = 0
  const search: NearestSearch = {
    offer: (pool) => {
      const own = dimensionOf('pool', pool)
      if (own !== dimension) throw new MetricError('pool', `has ${own} features a film, the queries have ${dimension}`)
      // some queries at a time, so that they stay in the cache while the block passes
      for (let from = 0; from < best.length; from += QUERIES_AT_ONCE) {
        const to = Math.min(from + QUERIES_AT_ONCE, best.length)
        pool.ids.forEach((id, p) => {
          for (let q = from; q < to; q++) {
            const squared = squaredDistanceWithin(
              queries.values,
              q * dimension,
              pool.values,
              p * dimension,
              dimension,
              best[q]!,
            )
            if (squared < best[q]! || (squared === best[q] && id < bestId[q]!)) {
              best[q] = squared
              bestId[q] = id
            }
          }
        })
      }
      offered += pool.ids.length
      return search
    },
    result: () => {
      if (offered === 0) throw new MetricError('pool', 'holds no film: offer one block at least')
      return { ids: queries.ids, nearest: bestId.slice(), distances: best.map(Math.sqrt) }
    },
  }
  return search
}

const QUERIES_AT_ONCE = 32

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
