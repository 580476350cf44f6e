/**
 * Which films receive a lesion where not all shall. Every film draws a number of its own, and the lowest win: the choice
 * depends on seed and ids alone, fewer hosts are a subset of more, and a film more or less in the pool moves one host.
 */
import { rng } from '@radiograft/random'

/**
 * @param hosts ids, in any order
 * @param most 0 for all
 * @returns ids, ascending
 */
export const chooseHosts = (hosts: readonly string[], most: number, seed: number): readonly string[] => {
  const draws = rng(seed).fork('hosts')
  const ordered = hosts.toSorted()
  if (most === 0 || most >= ordered.length) return ordered
  return ordered
    .map((id) => ({ id, draw: draws.fork(id).uint32() }))
    .toSorted((a, b) => a.draw - b.draw || (a.id < b.id ? -1 : 1))
    .slice(0, most)
    .map(({ id }) => id)
    .toSorted()
}
