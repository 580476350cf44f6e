// The split that a layout brings along, such as CheXpert's train and valid: whether patients are on both sides of it. Used
// by describeFolder.
import { relative, sep } from 'node:path'
import type { FilmFolder, FolderFilm } from '../folder/FilmFolder.ts'
import { countBy } from './countBy.ts'
import type { FolderDescription } from './FolderDescription.ts'

const PARTS = /^(?:train|training|valid|validation|val|test)$/i

/** The folder on a film's way whose name is that of a part of a split; undefined where there is none. */
const partOf = (folder: string, { path }: FolderFilm): string | undefined =>
  relative(folder, path)
    .split(sep)
    .slice(0, -1)
    .find((name) => PARTS.test(name))

/** @returns undefined where not every film lies in such a folder, or all lie in one */
export const ownSplit = ({ folder, films }: Pick<FilmFolder, 'folder' | 'films'>): FolderDescription['splits'] => {
  const parts = films.map((film) => partOf(folder, film))
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
