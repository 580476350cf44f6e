// Films of a folder and rows of its tables, joined by id; what has no partner is reported. Used by checkFolder.
import { byText } from '../cohort/Cohort.ts'
import type { FilmRow, FolderTables, FoundFilm } from '../layouts/FolderLayout.ts'
import { endingOf } from './filmNames.ts'
import { quoted } from './report.ts'
import type { Report } from './report.ts'

export interface MatchedFilm {
  readonly found: FoundFilm
  /** undefined where no row is about it */
  readonly row: FilmRow | undefined
}

/** @returns every film that is there once, ascending by id */
export const matchFilms = (
  found: ReadonlyArray<FoundFilm>,
  tables: FolderTables,
  report: Report,
): ReadonlyArray<MatchedFilm> => {
  const byId = new Map<string, FoundFilm[]>()
  for (const film of found) byId.set(film.id, [...(byId.get(film.id) ?? []), film])
  // where no film was found, or no row could be read, that has been said: once a film would be too often
  if (byId.size > 0) reportLost(tables, byId, report)
  const ids = [...byId.keys()].toSorted(byText)
  return ids.flatMap((id) => {
    const [first, ...others] = byId.get(id)!
    const row = tables.films.get(id)
    if (others.length > 0) {
      const files = [first!, ...others].map(({ file }) => file).join(' and ')
      report('duplicate', `${files} are both film ${id}: keep one`, id)
      return []
    }
    if (!row && tables.films.size > 0) {
      report('film-without-row', `${first!.name} has no row in ${tables.name}`, id)
    }
    return [{ found: first!, row }]
  })
}

const reportLost = (
  tables: FolderTables,
  byId: ReadonlyMap<string, ReadonlyArray<FoundFilm>>,
  report: Report,
): void => {
  const ending = commonest([...byId.values()].map(([film]) => endingOf(film!.file)))
  const folded = new Map([...byId].map(([id, [film]]) => [id.toLowerCase(), film!.name]))
  for (const [id, { where }] of tables.films) {
    if (byId.has(id)) continue
    const near = folded.get(id.toLowerCase())
    const meant = near === undefined ? '' : `; did you mean ${quoted(near)}?`
    report('row-without-film', `${where}: there is no ${id}${ending}${meant}`, id)
  }
}

/** The first of the commonest. */
const commonest = (values: ReadonlyArray<string>): string => {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].reduce((best, each) => (each[1] > best[1] ? each : best))[0]
}
