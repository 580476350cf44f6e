// Which films a contact sheet shows: some of each class, spread over all of its patients. Used by contactSheet.
import { byText } from '../../cohort/Cohort.ts'
import type { FilmFolder, FolderFilm } from '../../folder/FilmFolder.ts'
import { countBy, mostCommon } from '../countBy.ts'
import { count } from '../inWords.ts'

export interface ChosenRow {
  readonly title: string
  readonly films: ReadonlyArray<FolderFilm>
}

/** Evenly over the list, in its order. */
const spread = <T>(items: ReadonlyArray<T>, most: number): ReadonlyArray<T> =>
  items.length <= most
    ? items
    : Array.from({ length: most }, (_, i) => items[Math.floor(((i + 0.5) * items.length) / most)]!)

/** One film a patient as long as there are patients enough; films with boxes, which are to be looked at, before others. */
const someOf = (films: ReadonlyArray<FolderFilm>, most: number): ReadonlyArray<FolderFilm> => {
  const boxed = films.filter(({ boxes }) => boxes.length > 0)
  if (boxed.length > 0 && boxed.length < films.length) {
    const first = someOf(boxed, most)
    const rest = films.filter(({ boxes }) => boxes.length === 0)
    return [...first, ...someOf(rest, most - first.length)].toSorted((a, b) => byText(a.film, b.film))
  }
  const firsts = new Map<string, FolderFilm>()
  for (const film of films) if (!firsts.has(film.patient)) firsts.set(film.patient, film)
  if (firsts.size >= most) return spread([...firsts.values()], most)
  const taken = new Set(firsts.values())
  const more = spread(
    films.filter((film) => !taken.has(film)),
    most - taken.size,
  )
  return [...taken, ...more].toSorted((a, b) => byText(a.film, b.film))
}

/**
 * Positives first, then normal films, then the largest other classes.
 * @param rows at most so many
 * @param columns films a row
 * @returns the rows, and how many classes are not shown
 */
export const sheetRows = (
  { films, finding }: Pick<FilmFolder, 'films' | 'finding'>,
  rows: number,
  columns: number,
): { readonly rows: ReadonlyArray<ChosenRow>; readonly hidden: number } => {
  const positives = films.filter(({ target }) => target === 1)
  const others = films.filter(({ target }) => target === 0)
  const named = mostCommon(countBy(others, (film) => film.class)).map(([name]) => name)
  const names = [...named.filter((name) => name === 'Normal'), ...named.filter((name) => name !== 'Normal')]
  const groups = [
    { name: `${finding}, positive`, films: positives },
    ...names.map((name) => ({ name, films: others.filter((film) => film.class === name) })),
  ].filter((group) => group.films.length > 0)
  const row = ({ name, films: those }: (typeof groups)[number]): ChosenRow => {
    const chosen = someOf(those, columns)
    const shown = chosen.length < those.length ? `, ${chosen.length} shown` : ''
    return { title: `${name}: ${count(those.length, 'film')}${shown}`, films: chosen }
  }
  return { rows: groups.slice(0, rows).map(row), hidden: Math.max(0, groups.length - rows) }
}
