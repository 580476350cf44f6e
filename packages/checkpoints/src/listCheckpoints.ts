// What lies in a folder of checkpoints: `<attempt>/<step>/`, newest first. Used to go on from one and to tell how far it came.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

export type Listed = { readonly step: number; readonly attempt: string; readonly name: string }

/** Names in a folder; none when it is not there, or no folder. At once: a wait can last as long as a step of training. */
export const namesIn = (path: string): ReadonlyArray<string> => {
  try {
    return readdirSync(path)
  } catch (cause) {
    if (['ENOENT', 'ENOTDIR'].includes((cause as NodeJS.ErrnoException).code ?? '')) return []
    throw cause
  }
}

export const stepsOf = (attempt: string, names: ReadonlyArray<string>): ReadonlyArray<Listed> =>
  names.filter((name) => /^0*[1-9][0-9]{0,15}$/.test(name)).map((name) => ({ step: Number(name), attempt, name }))

/** Newest first; of one step written twice by an attempt, the longer name is the later (`freeName` of `folderCheckpoints`). */
const newestFirst = (a: Listed, b: Listed): number =>
  b.step - a.step || (a.attempt === b.attempt ? b.name.length - a.name.length : a.attempt < b.attempt ? 1 : -1)

/** @param onDamaged told of an attempt that cannot be looked into, and why */
export const listCheckpoints = (
  folder: string,
  onDamaged?: (path: string, reason: string) => void,
): ReadonlyArray<Listed> =>
  namesIn(folder)
    .flatMap((attempt) => {
      const path = join(folder, attempt)
      try {
        return stepsOf(attempt, namesIn(path))
      } catch (cause) {
        onDamaged?.(path, (cause as Error).message)
        return []
      }
    })
    .toSorted(newestFirst)
