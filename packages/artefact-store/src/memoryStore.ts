// A store in memory.
import { memoryBlobs } from './memoryBlobs.ts'
import { memoryLocks } from './memoryLocks.ts'
import { memoryManifests } from './memoryManifests.ts'
import type { Store } from './Store.ts'

export const memoryStore = (): Store => ({
  location: 'memory',
  blobs: memoryBlobs(),
  manifests: memoryManifests(),
  locks: memoryLocks(),
  probe: async () => {},
})
