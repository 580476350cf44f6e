/**
 * Nearest films by Euclidean distance of their thumbnails (G7): the normal film that lends its lung to a
 * pseudo-normal, the abnormal one that lends its lesion to a pseudo-abnormal (G22). Exact: equal to brute force over
 * all pairs, only with pairs left out that a lower bound proves to be too far.
 */
import { BlendError } from '../BlendError.ts'
import { thumbnails, type FilmImage, type ThumbnailOptions, type Thumbnails } from './thumbnails.ts'

export interface NeighbourOptions {
  /** neighbours a query @default 1 */
  readonly k?: number
  /** true where a pool film may not be the query's neighbour: the film itself, its patient's others, another split */
  readonly exclude?: (query: number, pool: number) => boolean
}

export interface Neighbours {
  /** [queries, k] indices into the pool, nearest first; of equal distances the lower index, so sort the pool by id */
  readonly indices: Int32Array
  /** [queries, k] Euclidean distances, of size² values */
  readonly distances: Float64Array
  readonly k: number
}

/**
 * Thumbnails and search in one call; for large sets make `thumbnails` once and call `nearestThumbnails`.
 * @throws BlendError when a query has fewer than k allowed films
 */
export const nearestNeighbours = (
  queries: Iterable<FilmImage>,
  pool: Iterable<FilmImage>,
  options: NeighbourOptions & ThumbnailOptions = {},
): Neighbours => nearestThumbnails(thumbnails(queries, options), thumbnails(pool, options), options)

/** @throws BlendError when sizes differ or a query has fewer than k allowed films */
export const nearestThumbnails = (
  queries: Thumbnails,
  pool: Thumbnails,
  { k = 1, exclude = () => false }: NeighbourOptions = {},
): Neighbours => {
  if (queries.size !== pool.size)
    throw new BlendError('pool', `has thumbnails of ${pool.size}, the queries of ${queries.size}`)
  if (!(Number.isInteger(k) && k > 0)) throw new BlendError('k', `must be a positive whole number, got ${k}`)
  const dimension = pool.size ** 2
  const [coarseQueries, coarsePool] = [coarse(queries), coarse(pool)]
  const indices = new Int32Array(queries.count * k)
  const distances = new Float64Array(queries.count * k)
  const best = new Float64Array(k)
  const bestAt = new Int32Array(k)

  for (let q = 0; q < queries.count; q++) {
    best.fill(Infinity)
    bestAt.fill(-1)
    const offer = (p: number): void => {
      const worst = best[k - 1]!
      const { values, cells, share } = coarsePool
      // Cauchy and Schwarz: the squared distance is at least share · that of block means; the margin covers rounding
      const limit = (worst / share) * (1 + 1e-9)
      if (beyond(coarseQueries.values, q * cells, values, p * cells, cells, limit) === Infinity) return
      const squared = beyond(queries.values, q * dimension, pool.values, p * dimension, dimension, worst)
      if (squared === Infinity || exclude(q, p)) return
      insert(best, bestAt, squared, p)
    }
    // The film of nearest block means first: it is nearly always the answer or close to it, and prunes the rest.
    const first = nearestCoarse(coarseQueries, q, coarsePool, exclude)
    if (first >= 0) offer(first)
    for (let p = 0; p < pool.count; p++) if (p !== first) offer(p)
    if (bestAt[k - 1] === -1) {
      const found = bestAt.filter((p) => p >= 0).length
      throw new BlendError('pool', `query ${q} has ${found} allowed films of ${pool.count}, k is ${k}: widen the pool`)
    }
    indices.set(bestAt, q * k)
    distances.set(best.map(Math.sqrt), q * k)
  }
  return { indices, distances, k }
}

/**
 * Squared distance of a[i…] and b[j…], or Infinity as soon as a partial sum exceeds `limit`. Always summed in the same
 * order, so equal films have bit-equal distances to a query and ties are ties.
 */
const beyond = (
  a: Float32Array | Float64Array,
  i: number,
  b: Float32Array | Float64Array,
  j: number,
  length: number,
  limit: number,
): number => {
  let sum = 0
  let d = 0
  while (d < length) {
    const stop = Math.min(d + 32, length)
    for (; d < stop; d++) {
      const difference = a[i + d]! - b[j + d]!
      sum += difference * difference
    }
    if (sum > limit) return Infinity
  }
  return sum
}

/** Keeps `best` rising, equal distances by pool index. */
const insert = (best: Float64Array, bestAt: Int32Array, squared: number, p: number): void => {
  let at = best.length
  while (at > 0 && (squared < best[at - 1]! || (squared === best[at - 1]! && p < bestAt[at - 1]!))) at--
  if (at === best.length) return
  best.copyWithin(at + 1, at, best.length - 1)
  bestAt.copyWithin(at + 1, at, best.length - 1)
  best[at] = squared
  bestAt[at] = p
}

interface Coarse {
  /** [count, cells] block means */
  readonly values: Float64Array
  readonly cells: number
  /** pixels a block */
  readonly share: number
}

/** Means of 4 × 4 blocks; where size is no multiple of 4, one mean of the whole thumbnail. */
const coarse = ({ values, count, size }: Thumbnails): Coarse => {
  const block = size % 4 === 0 ? 4 : size
  const across = size / block
  const cells = across * across
  const share = block * block
  const means = new Float64Array(count * cells)
  for (let i = 0; i < values.length; i++) {
    const pixel = i % (size * size)
    const cell = Math.floor(Math.floor(pixel / size) / block) * across + Math.floor((pixel % size) / block)
    means[((i - pixel) / (size * size)) * cells + cell]! += values[i]! / share
  }
  return { values: means, cells, share }
}

const nearestCoarse = (
  queries: Coarse,
  q: number,
  pool: Coarse,
  exclude: (query: number, pool: number) => boolean,
): number => {
  const { values, cells } = pool
  let best = Infinity
  let at = -1
  for (let p = 0; p * cells < values.length; p++) {
    const squared = beyond(queries.values, q * cells, values, p * cells, cells, best)
    if (squared < best && !exclude(q, p)) {
      best = squared
      at = p
    }
  }
  return at
}
