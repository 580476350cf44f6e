// A dose of positives (row G22's question at 10, 30, 100 … positive films): the same split with fewer positive patients in
// its training part. Those that leave are in no part at all.
import { deriveSeed } from '@radiograft/random'
import { byText, type LabelEntry } from '../cohort/Cohort.ts'
import { SplitError } from './SplitError.ts'

interface PartOfFilm {
  readonly film: string
  readonly patient: string
  readonly part: string
}

/**
 * Patients with a positive film are taken in an order that depends on their ids and the seed alone, whole, while their
 * positive films are no more than `most`: the films of a small dose are among those of every larger one. The other parts,
 * and training patients without a positive film, stay.
 * @param most positive films of the training part; 0 keeps all
 * @throws SplitError when not even the first patient's positive films are that few
 */
export const limitPositives = <R extends PartOfFilm>(
  split: ReadonlyArray<R>,
  labels: ReadonlyArray<Pick<LabelEntry, 'film' | 'target'>>,
  { most, seed }: { readonly most: number; readonly seed: number },
): ReadonlyArray<R> => {
  if (most === 0) return split
  const positive = new Set(labels.filter(({ target }) => target === 1).map(({ film }) => film))
  const films = new Map<string, number>()
  for (const { film, patient, part } of split)
    if (part === 'train' && positive.has(film)) films.set(patient, (films.get(patient) ?? 0) + 1)
  const order = [...films.keys()]
    .map((patient) => ({ patient, hash: deriveSeed('dose', seed, patient) }))
    .toSorted((a, b) => a.hash - b.hash || byText(a.patient, b.patient))
  const kept = new Set<string>()
  let count = 0
  for (const { patient } of order) {
    count += films.get(patient)!
    if (count > most) break
    kept.add(patient)
  }
  if (films.size > 0 && kept.size === 0)
    throw new SplitError('no-positives', `no patient has ${most} positive films or fewer`, 'Ask for more positives.')
  return split.filter(({ patient, part }) => part !== 'train' || !films.has(patient) || kept.has(patient))
}
