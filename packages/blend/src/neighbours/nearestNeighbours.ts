/**
 * Nearest films by Euclidean distance of their thumbnails (G7): the normal film that lends its lung to a
 * pseudo-normal, the abnormal one that lends its lesion to a pseudo-abnormal (G22). Exact: equal to brute force over
 * all pairs, only with pairs left out that a lower bound proves to be too far.
 */
import { squaredDistanceWithin } from '@radiograft/geometry'
import { BlendError } from '../BlendError.ts'
import { leadingWaves, waveRounding, type WaveBand } from './leadingWaves.ts'
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
  const wavesOfQueries = leadingWaves(queries)
  const wavesOfPool = queries === pool ? wavesOfQueries : leadingWaves(pool)
  const rounding = waveRounding(pool.size)
  const longest = wavesOfPool.lengths.reduce((most, length) => Math.max(most, length), 0)
  const indices = new Int32Array(queries.count * k)
  const distances = new Float64Array(queries.count * k)
  const best = new Float64Array(k)
  const bestAt = new Int32Array(k)
  const candidates: Candidates = {
    count: 0,
    films: new Int32Array(pool.count),
    sums: new Float64Array(pool.count),
    nearest: new Int32Array(k),
    bounds: new Float64Array(k),
  }

  for (let q = 0; q < queries.count; q++) {
    best.fill(Infinity)
    bestAt.fill(-1)
    const slack = rounding * (wavesOfQueries.lengths[q]! + longest)
    const limit = (): number => (Math.sqrt(best[k - 1]!) + slack) ** 2
    const barred = (p: number): boolean => exclude(q, p)
    const offer = (p: number): void => {
      const squared = squaredDistanceWithin(
        queries.values,
        q * dimension,
        pool.values,
        p * dimension,
        dimension,
        best[k - 1]!,
      )
      if (squared !== Infinity && !bestAt.includes(p) && !exclude(q, p)) insert(best, bestAt, squared, p)
    }
    candidates.count = pool.count
    candidates.sums.fill(0)
    for (let i = 0; i < pool.count; i++) candidates.films[i] = i
    for (let b = 0; b < wavesOfPool.bands.length; b++) {
      narrow(candidates, wavesOfQueries.bands, q, wavesOfPool.bands, b, limit(), barred)
      // The films of least bound first: they are nearly always the answer or close to it, and rule out the rest.
      for (const p of candidates.nearest) if (p >= 0 && !bestAt.includes(p)) offer(p)
    }
    for (let i = 0; i < candidates.count; i++) offer(candidates.films[i]!)
    if (bestAt[k - 1] === -1) {
      const found = bestAt.filter((p) => p >= 0).length
      throw new BlendError('pool', `query ${q} has ${found} allowed films of ${pool.count}, k is ${k}: widen the pool`)
    }
    indices.set(bestAt, q * k)
    distances.set(best.map(Math.sqrt), q * k)
  }
  return { indices, distances, k }
}

/** Films of the pool that no bound has ruled out for a query. */
interface Candidates {
  count: number
  readonly films: Int32Array
  /** squared distance within the bands so far */
  readonly sums: Float64Array
  /** those of least bound, and their bounds; −1 where there are fewer */
  readonly nearest: Int32Array
  readonly bounds: Float64Array
}

/** Adds band `b` to each candidate's sum, and drops those whose bound, before or after, is beyond the limit. */
const narrow = (
  candidates: Candidates,
  ofQueries: ReadonlyArray<WaveBand>,
  q: number,
  ofPool: ReadonlyArray<WaveBand>,
  b: number,
  limit: number,
  barred: (p: number) => boolean,
): void => {
  const { films, sums, nearest, bounds, count } = candidates
  const { values, rest } = ofPool[b]!
  const { values: query, rest: rests } = ofQueries[b]!
  const restOfQuery = rests[q]!
  const before = b > 0 ? ofPool[b - 1]!.rest : rest
  const beforeOfQuery = b > 0 ? ofQueries[b - 1]!.rest[q]! : 0
  // one by one: an array taken apart here costs as much as the whole loop
  const q0 = query[q * 8]!
  const q1 = query[q * 8 + 1]!
  const q2 = query[q * 8 + 2]!
  const q3 = query[q * 8 + 3]!
  const q4 = query[q * 8 + 4]!
  const q5 = query[q * 8 + 5]!
  const q6 = query[q * 8 + 6]!
  const q7 = query[q * 8 + 7]!
  nearest.fill(-1)
  bounds.fill(Infinity)
  let most = Infinity
  let kept = 0
  for (let i = 0; i < count; i++) {
    const p = films[i]!
    const before2 = beforeOfQuery - before[p]!
    const sum = sums[i]!
    if (b > 0 && !(sum + before2 * before2 <= limit)) continue
    const at = p * 8
    const d0 = q0 - values[at]!
    const d1 = q1 - values[at + 1]!
    const d2 = q2 - values[at + 2]!
    const d3 = q3 - values[at + 3]!
    const d4 = q4 - values[at + 4]!
    const d5 = q5 - values[at + 5]!
    const d6 = q6 - values[at + 6]!
    const d7 = q7 - values[at + 7]!
    const next = sum + (d0 * d0 + d1 * d1 + (d2 * d2 + d3 * d3)) + (d4 * d4 + d5 * d5 + (d6 * d6 + d7 * d7))
    const apart = restOfQuery - rest[p]!
    const bound = next + apart * apart
    if (!(bound <= limit)) continue
    films[kept] = p
    sums[kept++] = next
    if (bound < most && !barred(p)) {
      insert(bounds, nearest, bound, p)
      most = bounds[bounds.length - 1]!
    }
  }
  candidates.count = kept
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
