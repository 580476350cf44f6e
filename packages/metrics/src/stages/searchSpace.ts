// The searches of one space (P10): of each generated film the nearest training and held-out film, of each held-out one the nearest training
// film, and of some of all three the nearest patients, from which the lean of the set is told. Training films pass once, block by block.
import type { Rng } from '@radiograft/random'
import type { Distances } from '../memorisation/Distances.ts'
import type { FeatureRows } from '../memorisation/FeatureRows.ts'
import { nearestFilms } from '../memorisation/nearestFilms.ts'
import { nearestOwners, type OwnedRows } from '../memorisation/nearestOwners.ts'
import type { LeanFilms } from '../memorisation/trainingLean.ts'
import type { FilmSpace } from './filmSpaces.ts'

export interface SearchedParts {
  readonly generated: ReadonlyArray<string>
  readonly training: ReadonlyArray<string>
  readonly heldOut: ReadonlyArray<string>
  /** of real films */
  readonly patientOf: (film: string) => string
}

export interface SearchedSpace {
  readonly distances: Distances
  readonly lean: LeanFilms
}

/** @param compared films of each part, at most, whose nearest patients are searched; drawn by the seed */
export const searchSpace = async (
  space: FilmSpace,
  { generated, training, heldOut, patientOf }: SearchedParts,
  compared: number,
  rng: Rng,
): Promise<SearchedSpace> => {
  const some = (films: ReadonlyArray<string>, part: string): ReadonlyArray<string> =>
    films.length <= compared
      ? films
      : Array.from(rng.fork(part).permutation(films.length).slice(0, compared).toSorted(), (i) => films[i]!)
  const owned = (rows: FeatureRows, ownerOf: (film: string) => string): OwnedRows => ({
    ...rows,
    owners: rows.ids.map(ownerOf),
  })
  const samples = await joined(space.generated(generated))
  const held = await joined(space.real(heldOut))
  const [samplesToTraining, heldOutToTraining] = [nearestFilms(samples), nearestFilms(held)]
  const queries = {
    // no patient's name
    samples: owned(await joined(space.generated(some(generated, 'generated'))), (film) => `generated film ${film}`),
    real: owned(await joined(space.real([...some(training, 'training'), ...some(heldOut, 'held out')])), patientOf),
  }
  const leaning = { samples: nearestOwners(queries.samples), real: nearestOwners(queries.real) }
  const offer = (block: FeatureRows): void => {
    for (const search of Object.values(leaning)) search.offer(owned(block, patientOf))
  }
  offer(held)
  for await (const block of space.real(training)) {
    samplesToTraining.offer(block)
    heldOutToTraining.offer(block)
    offer(block)
  }
  return {
    distances: {
      samplesToTraining: samplesToTraining.result(),
      samplesToHeldOut: nearestFilms(samples).offer(held).result(),
      heldOutToTraining: heldOutToTraining.result(),
    },
    lean: {
      samples: leaning.samples.result(),
      real: leaning.real.result(),
      training: training.map(patientOf),
      heldOut: heldOut.map(patientOf),
    },
  }
}

const joined = async (blocks: AsyncIterable<FeatureRows>): Promise<FeatureRows> => {
  const all: FeatureRows[] = []
  for await (const block of blocks) all.push(block)
  const values = new Float64Array(all.reduce((sum, block) => sum + block.values.length, 0))
  let at = 0
  for (const block of all) {
    values.set(block.values, at)
    at += block.values.length
  }
  return { ids: all.flatMap(({ ids }) => ids), values }
}
