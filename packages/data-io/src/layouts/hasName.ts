// Whether a folder holds a file or a folder of some name, for telling layouts. Nothing is opened. Used by the layouts'
// `detect`.
import { readdirSync, statSync } from 'node:fs'
import type { Dirent } from 'node:fs'
import { join } from 'node:path'

const entriesOf = (folder: string): ReadonlyArray<Dirent> => {
  try {
    return readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'))
  } catch {
    // none, or not to be listed: the check says so
    return []
  }
}

const leadsToFolder = (folder: string, entry: Dirent): boolean => {
  if (!entry.isSymbolicLink()) return entry.isDirectory()
  try {
    return statSync(join(folder, entry.name)).isDirectory()
  } catch {
    return false
  }
}

/** Names of the folders in it, ascending. */
export const foldersIn = (folder: string): ReadonlyArray<string> =>
  entriesOf(folder)
    .filter((entry) => leadsToFolder(folder, entry))
    .map(({ name }) => name)
    .toSorted()

export const hasFolder = (folder: string, fits: (name: string) => boolean): boolean =>
  entriesOf(folder).some((entry) => fits(entry.name) && leadsToFolder(folder, entry))

export const hasFile = (folder: string, fits: (name: string) => boolean): boolean =>
  entriesOf(folder).some((entry) => fits(entry.name) && !leadsToFolder(folder, entry))
