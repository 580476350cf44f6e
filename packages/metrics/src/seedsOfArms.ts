/**
 * What was measured of each arm, gathered by training seed, and the pairing of two arms: `compareScores` and `compareCoco` take
 * their differences seed by seed, and refuse arms that were not trained with the same seeds.
 */
import { groupBy } from './groupBy.ts'
import { MetricError } from './MetricError.ts'

export interface OfArm {
  readonly arm: string
  /** training seed; parts of one arm and one seed are folds, pooled @default 0 */
  readonly seed?: number
}

/** Arms in order of first appearance; of each its seeds, rising, and the parts of each seed. */
export type SeedsOfArms<T> = ReadonlyMap<string, ReadonlyMap<number, ReadonlyArray<T>>>

export const seedsOfArms = <T extends OfArm>(parts: ReadonlyArray<T>): SeedsOfArms<T> =>
  new Map(
    [...groupBy(parts, ({ arm }) => arm)].map(([arm, own]) => [
      arm,
      new Map([...groupBy(own, ({ seed = 0 }) => seed)].toSorted(([a], [b]) => a - b)),
    ]),
  )

/**
 * The seeds of two arms that are to be compared, rising.
 * @throws MetricError that says which arm lacks which seed
 */
export const pairedSeeds = (parts: SeedsOfArms<unknown>, a: string, b: string): ReadonlyArray<number> => {
  const seeds = (arm: string): ReadonlyArray<number> => {
    const own = parts.get(arm)
    if (!own) throw new MetricError('contrasts', `no arm ${arm}; there are ${[...parts.keys()].join(', ')}`)
    return [...own.keys()]
  }
  const lacking = (arm: string, other: string): ReadonlyArray<string> => {
    const absent = seeds(other).filter((seed) => !seeds(arm).includes(seed))
    return absent.length === 0 ? [] : [`${arm} lacks seed ${absent.join(', ')} of ${other}`]
  }
  const refused = [...lacking(a, b), ...lacking(b, a)]
  if (refused.length > 0)
    throw new MetricError(
      'seeds',
      `${refused.join('; ')}: differences are taken seed by seed, so train both with the same`,
    )
  return seeds(a)
}
