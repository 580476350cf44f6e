/**
 * Donors spread evenly over hosts instead of the nearest: each film of the pool lends as often as any other. Used by
 * `nearest-abnormal` as the control of its own rule: the abnormal film nearest to a normal one is one with little lesion.
 */
import { rng } from '@radiograft/random'
import { BlendError } from '../BlendError.ts'

/**
 * Hosts in random order each take, of the donors of other patients, one that has lent least; of several the first in a random
 * order of the pool.
 * @param hosts ids, in any order, as `pool`
 * @returns donor by host
 * @throws BlendError naming a host all of whose donors are of its own patient
 */
export const spreadDonors = (
  hosts: ReadonlyArray<string>,
  pool: ReadonlyArray<string>,
  patientOf: ReadonlyMap<string, string>,
  seed: number,
): ReadonlyMap<string, string> => {
  const random = rng(seed)
  const donors = random.fork('donors').shuffle(pool.toSorted())
  const lent = new Map(donors.map((donor) => [donor, 0]))
  const chosen = new Map<string, string>()
  for (const host of random.fork('hosts of donors').shuffle(hosts.toSorted())) {
    let best: string | undefined
    for (const donor of donors)
      if (patientOf.get(donor) !== patientOf.get(host) && (best === undefined || lent.get(donor)! < lent.get(best)!))
        best = donor
    if (best === undefined)
      throw new BlendError('pool', `film ${host} has no donor of another patient among ${pool.length}: use more films`)
    lent.set(best, lent.get(best)! + 1)
    chosen.set(host, best)
  }
  return chosen
}
