// A store as plain async functions: blobs, manifests, and a probe that fails before any stage runs. What codecs, the child
// process and tools without Effect use; `ArtefactStore` is the same as a service.
import type { Blobs } from './Blobs.ts'
import type { Locks } from './Locks.ts'
import type { Manifests } from './Manifests.ts'

export interface Store {
  /** the folder, or `memory` */
  readonly location: string
  readonly blobs: Blobs
  readonly manifests: Manifests
  readonly locks: Locks
  /** Makes the folders and writes a small file. Throws `StorePathError` or `StoreFullError`. */
  probe(): Promise<void>
}
