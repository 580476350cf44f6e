// Pairs of films that are the same → groups, with what makes them dangerous: several patients, different targets. Used by
// describePixels.
import { byText } from '../cohort/Cohort.ts'
import type { FolderFilm } from '../folder/FilmFolder.ts'
import type { LikePair } from './findDuplicates.ts'
import type { DuplicateGroup } from './FolderDescription.ts'

export interface ExaminedFilm {
  readonly film: Pick<FolderFilm, 'film' | 'patient' | 'patientKnown' | 'class' | 'target'>
  /** digest of the file; undefined where no other file has its length */
  readonly file: string | undefined
  /** digest of the prepared pixels */
  readonly pixels: string
}

const RANK = { several: 0, unknown: 1, one: 2 } as const

const patientsOf = (films: ReadonlyArray<ExaminedFilm['film']>): DuplicateGroup['patients'] => {
  const named = new Set(films.filter(({ patientKnown }) => patientKnown).map(({ patient }) => patient))
  if (named.size > 1) return 'several'
  return films.every(({ patientKnown }) => patientKnown) ? 'one' : 'unknown'
}

/**
 * Films that are connected by a pair, or by equal pixels, are one group.
 * @param pairs places in `films`
 * @param pseudonym a patient's name for the record, in place of the id
 */
export const duplicateGroups = (
  films: ReadonlyArray<ExaminedFilm>,
  pairs: ReadonlyArray<LikePair>,
  pseudonym: (patient: string) => string,
): ReadonlyArray<DuplicateGroup> => {
  const above = Array.from(films.keys())
  const top = (i: number): number => {
    let at = i
    while (above[at] !== at) at = above[at] = above[above[at]!]!
    return at
  }
  const join = (a: number, b: number): void => void (above[Math.max(top(a), top(b))] = Math.min(top(a), top(b)))
  const firstWith = new Map<string, number>()
  films.forEach(({ pixels }, i) => {
    const first = firstWith.get(pixels)
    if (first === undefined) firstWith.set(pixels, i)
    else join(first, i)
  })
  for (const { a, b } of pairs) join(a, b)

  const members = new Map<number, number[]>()
  for (const i of films.keys()) members.set(top(i), [...(members.get(top(i)) ?? []), i])
  const least = new Map<number, number>()
  for (const { a, correlation } of pairs) least.set(top(a), Math.min(least.get(top(a)) ?? 1, correlation))

  return [...members]
    .filter(([, those]) => those.length > 1)
    .map(([root, those]): DuplicateGroup => {
      const group = those.map((i) => films[i]!).toSorted((a, b) => byText(a.film.film, b.film.film))
      const same = (digest: (film: ExaminedFilm) => string | undefined): boolean =>
        digest(group[0]!) !== undefined && group.every((film) => digest(film) === digest(group[0]!))
      const by = same(({ file }) => file) ? 'file' : same(({ pixels }) => pixels) ? 'pixels' : 'look'
      return {
        by,
        correlation: by === 'look' ? least.get(root)! : 1,
        films: group.map(({ film: { film, patient, patientKnown, class: name, target } }) => ({
          film,
          patient: patientKnown ? pseudonym(patient) : '',
          class: name,
          target,
        })),
        patients: patientsOf(group.map(({ film }) => film)),
        targetsDiffer: new Set(group.map(({ film }) => film.target)).size > 1,
      }
    })
    .toSorted((a, b) => RANK[a.patients] - RANK[b.patients] || byText(a.films[0]!.film, b.films[0]!.film))
}
