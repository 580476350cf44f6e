// The synthetic films that pairs stand for: one for each pair of a rank, in order of id. Here, where pixels and labels are
// about to be copied, every film that lends any must be of the training part, whatever chose it.
import type { PairRow, SplitRow } from '@radiograft/pipeline'
import { BlendError } from '../BlendError.ts'
import { syntheticId } from '../lesions/syntheticId.ts'

export interface SyntheticFilm {
  readonly id: string
  readonly host: string
  readonly donor: string
}

/** @throws BlendError when a film is of another part or of none */
export const assertTraining = (
  argument: string,
  films: ReadonlyArray<string>,
  split: ReadonlyArray<SplitRow>,
): void => {
  const training = new Set(split.flatMap((row) => (row.part === 'train' ? [row.film] : [])))
  const leaks = [...new Set(films.filter((film) => !training.has(film)))].toSorted()
  if (leaks.length > 0)
    throw new BlendError(
      argument,
      `${leaks.length} film(s) are not of the training part: ${leaks.slice(0, 5).join(', ')}${leaks.length > 5 ? ', …' : ''}. ` +
        'Wire the split by which the pairs were chosen.',
    )
}

/**
 * @returns ascending by id
 * @throws BlendError when a host or donor is not of the training part, or no pair has that rank
 */
export const syntheticFilms = (
  pairs: ReadonlyArray<PairRow>,
  rank: number,
  split: ReadonlyArray<SplitRow>,
): ReadonlyArray<SyntheticFilm> => {
  const chosen = pairs.filter((pair) => pair.rank === rank)
  if (chosen.length === 0)
    throw new BlendError('rank', `no pair of rank ${rank} among ${pairs.length}: choose pairs with k > ${rank}`)
  assertTraining(
    'pairs',
    chosen.flatMap(({ film, donor }) => [film, donor]),
    split,
  )
  return chosen
    .map(({ film, donor }) => ({ id: syntheticId(film, donor), host: film, donor }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
}
