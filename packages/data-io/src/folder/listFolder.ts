// What lies in a folder of a dataset: films, folders and other files by name, hidden ones left out. Links are followed
// where they stay inside. Used by the layouts.
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { byText } from '../cohort/Cohort.ts'
import { containedPath, MEND_LINK } from './containedPath.ts'
import { isFilmName } from './filmNames.ts'
import type { Report } from './report.ts'

export interface Listing {
  /** names, ascending */
  readonly films: ReadonlyArray<string>
  readonly folders: ReadonlyArray<string>
  /** files that are no films */
  readonly others: ReadonlyArray<string>
  /** true where the folder was not listed, which has been reported; there are then no names */
  readonly refused: boolean
}

const REFUSED: Listing = { films: [], folders: [], others: [], refused: true }

/** What archives and systems leave behind. */
const isJunk = (name: string): boolean => name.startsWith('.') || name === '__MACOSX'

const isFolder = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isDirectory()
  } catch {
    // a link to nothing is listed as a file, which the check of films then reports
    return false
  }
}

/**
 * @param root absolute, links followed
 * @param folder relative to it; empty for the root itself
 * @returns undefined where there is no such folder
 */
export const listFolder = async (root: string, folder: string, report: Report): Promise<Listing | undefined> => {
  const path = join(root, folder)
  if (!(await isFolder(path))) return undefined
  if ((await containedPath(root, path)) === undefined) {
    report('unsafe', `${folder} is a link that leads out of the folder: ${MEND_LINK}`)
    return REFUSED
  }
  try {
    const entries = (await readdir(path, { withFileTypes: true })).filter(({ name }) => !isJunk(name))
    const folders: string[] = []
    const files: string[] = []
    for (const entry of entries) {
      const leads = entry.isDirectory() || (entry.isSymbolicLink() && (await isFolder(join(path, entry.name))))
      ;(leads ? folders : files).push(entry.name)
    }
    const sorted = files.toSorted(byText)
    return {
      films: sorted.filter(isFilmName),
      folders: folders.toSorted(byText),
      others: sorted.filter((name) => !isFilmName(name)),
      refused: false,
    }
  } catch (cause) {
    report(
      'missing',
      `${folder || 'it'} cannot be listed (${(cause as NodeJS.ErrnoException).code}): mend its permissions`,
    )
    return REFUSED
  }
}
