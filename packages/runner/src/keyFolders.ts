// What the store keeps for a key while it is computed, and no longer: its checkpoints and its compiled graphs.
import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { canonicalJson } from '@radiograft/pipeline'
import type { StageContext } from '@radiograft/pipeline'
import type { Runtime } from './Plan.ts'

/** Folders of the store that have a folder a key. */
export const keyFolders = ['checkpoints', 'graphs'] as const

/** @param store the store's folder */
export const checkpointFolder = (store: string, key: string): string => join(store, 'checkpoints', key)

/** A graph depends on its stage and on the runtime, which the key of a pure stage leaves out. */
export const graphPlace = (store: string, key: string, runtime: Runtime): StageContext['graphs'] => ({
  folder: join(store, 'graphs', key),
  key: createHash('sha256')
    .update(canonicalJson({ stage: key, runtime }))
    .digest('hex'),
})

/** Once the key has its manifest nobody asks for them again. What cannot be removed is left to the next sweep. */
export const removeKeyFolders = async (store: string, key: string): Promise<void> => {
  if (store === 'memory') return
  for (const name of keyFolders) await rm(join(store, name, key), { recursive: true, force: true }).catch(() => {})
}
