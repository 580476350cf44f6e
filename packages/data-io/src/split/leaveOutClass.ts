// A class that a network is not shown (rows P4, P11): what is made of films without it must be reported as without it.
import { SplitError } from './SplitError.ts'

interface PartOfFilm {
  readonly film: string
  readonly part: string
}

/**
 * @param films that have the class, of any part
 * @returns `split`: the same without them in its training part; `rest`: without them in any, so that all its parts are of one law again.
 * Films that leave are in no part at all.
 * @throws SplitError when nothing is left to train on
 */
export const leaveOutClass = <R extends PartOfFilm>(
  split: ReadonlyArray<R>,
  films: ReadonlySet<string>,
): { readonly split: ReadonlyArray<R>; readonly rest: ReadonlyArray<R> } => {
  const rest = split.filter(({ film }) => !films.has(film))
  if (!rest.some(({ part }) => part === 'train'))
    throw new SplitError(
      'empty-part',
      'every film of the training part is of the class that is left out',
      'Leave out another, or give films of other classes.',
    )
  return { split: split.filter(({ film, part }) => part !== 'train' || !films.has(film)), rest }
}
