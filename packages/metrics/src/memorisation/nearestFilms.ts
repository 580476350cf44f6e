/**
 * The nearest film of each query in any feature space, exactly: pool films are offered block by block, so memory holds the queries
 * and one block. The memorisation report looks for copies with it (P10).
 *
 * Differences are summed as they are, never as ‖a‖² + ‖b‖² − 2ab, which loses the short distances that a copy has. `blend` has a search
 * that is faster on thumbnails, because films are smooth; features of a network are not.
 */
import { MetricError } from '../MetricError.ts'
import { eachDistance } from './eachDistance.ts'
import { dimensionOf, type FeatureRows } from './FeatureRows.ts'

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
      eachDistance(
        queries,
        dimension,
        pool,
        (q) => best[q]!,
        (q, p, squared) => {
          const id = pool.ids[p]!
          if (squared < best[q]! || (squared === best[q] && id < bestId[q]!)) {
            best[q] = squared
            bestId[q] = id
          }
        },
      )
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
