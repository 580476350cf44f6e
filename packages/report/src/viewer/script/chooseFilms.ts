// The films that pass the filters, in the order asked for. A plain function of data and choice.
import type { CaseData, FilmData, ViewerData } from '../ViewerData.ts'
import type { Choice } from './Choice.ts'

/** What an arm made of a film. Where two results judge the same arm, the first counts. */
export const caseOf = (film: FilmData, arm: string): CaseData | undefined => film.cases.find((one) => one.arm === arm)

/** Empty for a film that the arm was not judged on. */
export const outcomeOf = (film: FilmData, arm: string): string => caseOf(film, arm)?.outcome ?? ''

/** Every outcome that some arm has, the empty one last where some film was not judged by some arm. */
export const outcomesIn = ({ films, arms }: ViewerData): ReadonlyArray<string> => {
  const all = new Set(films.flatMap((film) => arms.map((arm) => outcomeOf(film, arm))))
  const named = [...all].filter((outcome) => outcome !== '').toSorted()
  return all.has('') ? [...named, ''] : named
}

/** Both were judged on it, and differ. */
const disagree = (film: FilmData, one: string, other: string): boolean => {
  const [a, b] = [outcomeOf(film, one), outcomeOf(film, other)]
  return a !== '' && b !== '' && a !== b
}

/** Places in `films`. Films without the number sorted by come last, films of the same number keep their order. */
export const chooseFilms = (films: ReadonlyArray<FilmData>, choice: Choice): ReadonlyArray<number> => {
  const sought = choice.search.trim().toLowerCase()
  const passing = films.flatMap((film, i) =>
    (choice.class === undefined || film.class === choice.class) &&
    (choice.part === undefined || film.part === choice.part) &&
    (choice.outcome === undefined || outcomeOf(film, choice.arm) === choice.outcome) &&
    (choice.against === undefined || disagree(film, choice.arm, choice.against)) &&
    (sought === '' || film.film.toLowerCase().includes(sought))
      ? [i]
      : [],
  )
  if (choice.sort === 'film') return passing
  const key = choice.sort.startsWith('error') ? 'error' : 'score'
  const sign = choice.sort.endsWith('-up') ? 1 : -1
  const keyed = passing.map((i) => ({ i, by: caseOf(films[i]!, choice.arm)?.[key] ?? null }))
  return keyed
    .toSorted((a, b) =>
      a.by === null || b.by === null ? Number(a.by === null) - Number(b.by === null) : sign * (a.by - b.by),
    )
    .map(({ i }) => i)
}
