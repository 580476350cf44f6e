/**
 * @radiograft/artefact-store: content-addressed Arrow artefacts with manifests and digest-checked reads.
 *
 * ```ts
 * import { ArtefactStore } from '@radiograft/artefact-store'
 * import { Boxes } from '@radiograft/pipeline'
 * import { Effect } from 'effect'
 *
 * const program = Effect.gen(function* () {
 *   const store = yield* ArtefactStore
 *   const artefact = yield* store.write(Boxes, [{ film: 'f1', x0: 2, y0: 3, x1: 9, y1: 8, label: 'opacity' }])
 *   return yield* store.read(Boxes, artefact)
 * })
 * console.log(await Effect.runPromise(Effect.provide(program, ArtefactStore.layerMemory)))
 * ```
 */

// services
export { ArtefactStore } from './ArtefactStore.ts'
export type { BlobFault } from './ArtefactStore.ts'
export { BlobStore } from './BlobStore.ts'

// the same without Effect: what child processes use
export type { Blobs, OpenBlob } from './Blobs.ts'
export { fileBlobs } from './fileBlobs.ts'
export { memoryBlobs } from './memoryBlobs.ts'
export type { Manifests } from './Manifests.ts'
export { fileManifests } from './fileManifests.ts'
export { memoryManifests } from './memoryManifests.ts'
export type { Lock, Locks } from './Locks.ts'
export { fileLocks } from './fileLocks.ts'
export type { LockTimes } from './fileLocks.ts'
export { memoryLocks } from './memoryLocks.ts'
export type { Store } from './Store.ts'
export { fileStore } from './fileStore.ts'
export { memoryStore } from './memoryStore.ts'

// processes
export { hasEnded, processMark } from './ProcessMark.ts'
export type { ProcessMark } from './ProcessMark.ts'

// artefacts
export { readArtefact } from './readArtefact.ts'
export { writeArtefact } from './writeArtefact.ts'
export { artefactBytes } from './Artefact.ts'
export type { Artefact, Chunk } from './Artefact.ts'
export { kindDigest } from './kindDigest.ts'

// records
export type { ComputedPart, Fingerprint, KeyParts, Manifest } from './Manifest.ts'
export { machineText } from './machineText.ts'
export { readRunRecord } from './RunRecord.ts'
export type { RunRecord, RunRecordNode, RunRecordResult } from './RunRecord.ts'

// errors
export {
  ArtefactValueError,
  BlobDamagedError,
  BlobMissingError,
  StoreFullError,
  StoreIoError,
  StorePathError,
  UnknownFilmError,
} from './errors.ts'
export type { StoreError } from './errors.ts'
