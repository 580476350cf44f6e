// A store in a folder.
import { rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { StorePathError } from './errors.ts'
import { fileBlobs } from './fileBlobs.ts'
import { fileLocks } from './fileLocks.ts'
import { fileManifests } from './fileManifests.ts'
import { makeFolder } from './makeFolder.ts'
import type { Store } from './Store.ts'
import { storeErrorOf } from './storeErrorOf.ts'
import { writeDurably } from './writeDurably.ts'

/** Bytes that the probe writes: one page, enough to meet a full disk. */
const probeBytes = 4096

export const fileStore = (folder: string): Store => {
  const root = resolve(folder)
  return {
    location: root,
    blobs: fileBlobs(root),
    manifests: fileManifests(root),
    locks: fileLocks(root),
    probe: async () => {
      const there = await stat(root).catch(() => undefined)
      if (there && !there.isDirectory()) throw new StorePathError(root, 'it is a file, not a folder')
      try {
        for (const name of ['manifests', 'blobs']) await makeFolder(join(root, name))
        const probe = join(root, `probe-${process.pid}`)
        await writeDurably(probe, new Uint8Array(probeBytes))
        await rm(probe, { force: true })
      } catch (cause) {
        throw storeErrorOf(cause, root)
      }
    },
  }
}
