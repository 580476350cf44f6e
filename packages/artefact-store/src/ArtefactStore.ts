// The store as an Effect service: what the runner, the command and the report ask for. Two layers, one contract suite.
import { Context, Effect, Layer } from 'effect'
import type { AnyKind, Read, Written } from '@radiograft/pipeline'
import type { Artefact } from './Artefact.ts'
import {
  ArtefactValueError,
  BlobDamagedError,
  BlobMissingError,
  StoreFullError,
  StoreIoError,
  StorePathError,
} from './errors.ts'
import type { StoreError } from './errors.ts'
import { fileStore } from './fileStore.ts'
import type { Lock } from './Locks.ts'
import type { Manifest } from './Manifest.ts'
import { memoryStore } from './memoryStore.ts'
import { readArtefact } from './readArtefact.ts'
import type { Store } from './Store.ts'
import { writeArtefact } from './writeArtefact.ts'

const known = [StorePathError, StoreFullError, StoreIoError, BlobMissingError, BlobDamagedError, ArtefactValueError]
const asStoreError = (location: string, cause: unknown): StoreError | ArtefactValueError =>
  known.some((type) => cause instanceof type)
    ? (cause as StoreError)
    : new StoreIoError(location, cause instanceof Error ? cause.message : String(cause), { cause })

const lift = <A>(location: string, run: () => Promise<A>): Effect.Effect<A, StoreError> =>
  Effect.tryPromise({ try: run, catch: (cause) => asStoreError(location, cause) as StoreError })

export class ArtefactStore extends Context.Service<
  ArtefactStore,
  {
    /** the same store as plain functions */
    readonly plain: Store
    readonly probe: Effect.Effect<void, StoreError>
    readonly manifest: (key: string) => Effect.Effect<Manifest | undefined, StoreError>
    readonly commit: (
      manifest: Manifest,
    ) => Effect.Effect<{ readonly manifest: Manifest; readonly won: boolean }, StoreError>
    readonly supersede: (key: string) => Effect.Effect<void, StoreError>
    /** The lock of a key, or undefined while another process computes it. */
    readonly lock: (key: string) => Effect.Effect<Lock | undefined, StoreError>
    readonly ofStage: (stage: string) => Effect.Effect<ReadonlyArray<Manifest>, StoreError>
    /** The value of an artefact, every byte checked against its digest. */
    readonly read: <K extends AnyKind>(
      kind: K,
      artefact: Artefact,
    ) => Effect.Effect<Read<K>, StoreError | ArtefactValueError>
    /** Writes the blobs of a value and answers what a manifest lists for it. */
    readonly write: <K extends AnyKind>(
      kind: K,
      value: Written<K>,
    ) => Effect.Effect<Artefact, StoreError | ArtefactValueError>
    /** What is wrong with the blobs of an artefact: present and of the right length, or with `deep` whole. */
    readonly check: (artefact: Artefact, deep: boolean) => Effect.Effect<BlobFault | undefined, StoreError>
  }
>()('@radiograft/artefact-store/ArtefactStore') {
  /** The service over a plain store. */
  static readonly over = (store: Store): ArtefactStore['Service'] => ({
    plain: store,
    probe: lift(store.location, () => store.probe()),
    manifest: (key) => lift(store.location, () => store.manifests.get(key)),
    commit: (manifest) => lift(store.location, () => store.manifests.commit(manifest)),
    supersede: (key) => lift(store.location, () => store.manifests.supersede(key)),
    lock: (key) => lift(store.location, () => store.locks.take(key)),
    ofStage: (stage) => lift(store.location, () => store.manifests.ofStage(stage)),
    read: (kind, artefact) => lift(store.location, () => readArtefact(store.blobs, kind, artefact)),
    write: (kind, value) => lift(store.location, () => writeArtefact(store.blobs, kind, value)),
    check: (artefact, deep) => lift(store.location, () => checkArtefact(store, artefact, deep)),
  })
  /** A folder on disk, made if need be. */
  static readonly layerFileSystem = (root: string): Layer.Layer<ArtefactStore> =>
    Layer.sync(ArtefactStore, () => ArtefactStore.over(fileStore(root)))
  /** In memory, for tests; children cannot see it, so stages then run in process. */
  static readonly layerMemory: Layer.Layer<ArtefactStore> = Layer.sync(ArtefactStore, () =>
    ArtefactStore.over(memoryStore()),
  )
}

export interface BlobFault {
  readonly digest: string
  readonly fault: 'missing' | 'damaged'
}

const checkArtefact = async (store: Store, artefact: Artefact, deep: boolean): Promise<BlobFault | undefined> => {
  for (const { digest, bytes } of artefact.chunks) {
    const size = await store.blobs.size(digest)
    if (size === undefined) return { digest, fault: 'missing' }
    if (size !== bytes) return { digest, fault: 'damaged' }
    const fault = deep ? await store.blobs.verify(digest) : undefined
    if (fault) return { digest, fault }
  }
  return undefined
}
