// The split that a layout brings along, such as CheXpert's train and valid: whether patients are on both sides of it. Used
// by describeFolder.
import { sep } from 'node:path'
import type { FilmFolder, FolderFilm } from '../folder/FilmFolder.ts'
import { countBy } from './countBy.ts'
import type { FolderDescription } from './FolderDescription.ts'

const PARTS = /^(?:train|training|valid|validation|val|test)$/i

/**
 * The folders on each film's way, from the first that not all share. Films have paths with links followed, the folder is as
 * it was given, perhaps by a link: where they lie to one another is told by their paths alone.
 */
const waysOf = (films: ReadonlyArray<FolderFilm>): ReadonlyArray<ReadonlyArray<string>> => {
  const ways = films.map(({ path }) => path.split(sep).slice(0, -1))
  const [first = []] = ways
  const apart = first.findIndex((name, i) => ways.some((way) => way[i] !== name))
  return ways.map((way) => way.slice(apart < 0 ? first.length : apart))
}

/** @returns undefined where not every film lies in such a folder, or all lie in one */
export const ownSplit = ({ films }: Pick<FilmFolder, 'films'>): FolderDescription['splits'] => {
  const parts = waysOf(films).map((way) => way.find((name) => PARTS.test(name)))
  const names = [...new Set(parts)]
  if (names.length < 2 || names.includes(undefined)) return undefined
  const seen = new Map<string, Set<string | undefined>>()
  films.forEach(({ patient }, i) => seen.set(patient, (seen.get(patient) ?? new Set()).add(parts[i])))
  const all = countBy(parts, (part) => part)
  return {
    parts: names.map((part) => ({
      part: part!,
      films: all.get(part)!,
      positives: films.filter(({ target }, i) => target === 1 && parts[i] === part).length,
    })),
    patientsInSeveral: [...seen.values()].filter((those) => those.size > 1).length,
  }
}
