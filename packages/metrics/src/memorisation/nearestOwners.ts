/**
 * The nearest films of each query by whom they belong to: of every patient the nearest one, the nearest patients first. Where films of one
 * patient resemble each other they are no independent neighbours, and one that asks what another deal of the patients would have shown needs
 * the next patient too (`trainingLean`). Pool films are offered block by block, as to `nearestFilms`.
 */
import { MetricError } from '../MetricError.ts'
import { eachDistance } from './eachDistance.ts'
import { dimensionOf, type FeatureRows } from './FeatureRows.ts'

export interface OwnedRows extends FeatureRows {
  /** `owners[i]` owns film i: its patient; a generated film is its own */
  readonly owners: readonly string[]
}

export interface NearestOwners {
  /** whose each query is, as given */
  readonly owners: readonly string[]
  /** of each query, each owner once and never its own, rising by distance (Euclidean), then by name */
  readonly nearest: ReadonlyArray<ReadonlyArray<{ readonly owner: string; readonly distance: number }>>
}

export interface OwnerSearch {
  /** @throws MetricError when the block has another dimension, no owner for each film, or a value that is not finite */
  readonly offer: (pool: OwnedRows) => OwnerSearch
  readonly result: () => NearestOwners
}

/**
 * @param keep owners a query
 * @throws MetricError when ids repeat, there is not one owner a film, or values do not divide by their number
 */
export const nearestOwners = (queries: OwnedRows, keep = 64): OwnerSearch => {
  const dimension = dimensionOf('queries', queries)
  checkOwners('queries', queries)
  const lists = queries.ids.map((): Kept[] => [])
  const search: OwnerSearch = {
    offer: (pool) => {
      checkOwners('pool', pool)
      eachDistance(
        queries,
        dimension,
        pool,
        (q, p) => {
          if (pool.owners[p] === queries.owners[q]) return undefined
          const list = lists[q]!
          return list.length < keep ? Infinity : list.at(-1)!.squared
        },
        (q, p, squared) => {
          // beyond the last that is kept, or beyond all numbers
          if (squared < Infinity) insert(lists[q]!, { owner: pool.owners[p]!, squared }, keep)
        },
      )
      return search
    },
    result: () => ({
      owners: queries.owners,
      nearest: lists.map((list) => list.map(({ owner, squared }) => ({ owner, distance: Math.sqrt(squared) }))),
    }),
  }
  return search
}

interface Kept {
  readonly owner: string
  readonly squared: number
}

const before = (a: Kept, b: Kept): boolean => a.squared < b.squared || (a.squared === b.squared && a.owner < b.owner)

/** Puts it where it belongs, unless its owner has a nearer one. */
const insert = (list: Kept[], one: Kept, keep: number): void => {
  const same = list.findIndex(({ owner }) => owner === one.owner)
  if (same >= 0) {
    if (!before(one, list[same]!)) return
    list.splice(same, 1)
  }
  let at = list.length
  while (at > 0 && before(one, list[at - 1]!)) at--
  list.splice(at, 0, one)
  if (list.length > keep) list.pop()
}

const checkOwners = (argument: string, { ids, owners }: OwnedRows): void => {
  if (owners.length !== ids.length)
    throw new MetricError(argument, `${owners.length} owners for ${ids.length} films: give one a film`)
}
