// Checkpoints and graphs that nobody will ask for again: of keys that have their manifest by now, and what nobody has touched
// for a week. A key whose lock is held is being computed: its folders stay, whatever their age.
import type { Store } from '@radiograft/artefact-store'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { keyFolders, removeKeyFolders } from './keyFolders.ts'

const day = 24 * 60 * 60 * 1000

export interface SweepOptions {
  /** milliseconds since 1970, as the times of files are. @default Date.now */
  readonly now?: () => number
  /** milliseconds. @default seven days */
  readonly age?: number
}

const namesIn = (folder: string): Promise<ReadonlyArray<string>> => readdir(folder).catch(() => [])

/** The newest time of anything in it: a checkpoint that is written changes the folders above it and no more. */
const touched = async (folder: string): Promise<number> => {
  let newest = (await stat(folder).catch(() => undefined))?.mtimeMs ?? 0
  const below = await readdir(folder, { recursive: true }).catch(() => [])
  for (const name of below)
    newest = Math.max(newest, (await stat(join(folder, name)).catch(() => undefined))?.mtimeMs ?? 0)
  return newest
}

/** Answers the keys whose folders were removed. Never rejects: what cannot be removed stays until the next sweep. */
export const sweepKeyFolders = async (
  { location, manifests, locks }: Store,
  { now = Date.now, age = 7 * day }: SweepOptions = {},
): Promise<ReadonlyArray<string>> => {
  if (location === 'memory') return []
  const keys = new Set<string>()
  for (const name of keyFolders) for (const key of await namesIn(join(location, name))) keys.add(key)
  const removed: string[] = []
  const isOver = async (key: string): Promise<boolean> => {
    if (await manifests.get(key)) return true
    const times = await Promise.all(keyFolders.map((name) => touched(join(location, name, key))))
    return now() - Math.max(...times) > age
  }
  for (const key of keys)
    try {
      if (!(await isOver(key))) continue
      const lock = await locks.take(key)
      if (!lock) continue
      try {
        // it may have been taken up between the two looks
        if (!(await isOver(key))) continue
        await removeKeyFolders(location, key)
        removed.push(key)
      } finally {
        await lock.release()
      }
    } catch {
      // a file in the way, a store that turned read-only: no reason to end a run
    }
  return removed
}
