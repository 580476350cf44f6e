// The films of a set in two halves that share no patient. Used by the ladder.
import type { Rng } from '@radiograft/random'
import { FeaturesError } from '../FeaturesError.ts'

/**
 * Indices of the films of each half, ascending; patients are dealt in random order to the half that has fewer films.
 * @throws FeaturesError where all films are of one patient
 */
export const patientHalves = (
  units: ReadonlyArray<string>,
  rng: Rng,
): readonly [ReadonlyArray<number>, ReadonlyArray<number>] => {
  const films = new Map<string, number[]>()
  units.forEach((unit, i) => films.set(unit, [...(films.get(unit) ?? []), i]))
  if (films.size < 2) throw new FeaturesError('units', 'all films are of one patient: two halves need two or more')
  const halves: [number[], number[]] = [[], []]
  for (const unit of rng.shuffle([...films.keys()])) {
    const half = halves[0].length <= halves[1].length ? 0 : 1
    halves[half].push(...films.get(unit)!)
  }
  const ascending = (half: number[]): ReadonlyArray<number> => half.toSorted((a, b) => a - b)
  return [ascending(halves[0]), ascending(halves[1])]
}
