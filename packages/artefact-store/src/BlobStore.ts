// Blobs as an Effect service, for tools that keep bytes without a kind. Two layers, one contract suite.
import { Context, Effect, Layer } from 'effect'
import type { Blobs } from './Blobs.ts'
import { StoreIoError } from './errors.ts'
import type { StoreError } from './errors.ts'
import { fileBlobs } from './fileBlobs.ts'
import { memoryBlobs } from './memoryBlobs.ts'

export class BlobStore extends Context.Service<
  BlobStore,
  {
    /** Keeps the bytes and answers their sha256 in hex. */
    readonly put: (bytes: Uint8Array) => Effect.Effect<string, StoreError>
    /** The bytes, checked against the digest. */
    readonly get: (digest: string) => Effect.Effect<Uint8Array, StoreError>
    readonly has: (digest: string) => Effect.Effect<boolean, StoreError>
    readonly verify: (digest: string) => Effect.Effect<'missing' | 'damaged' | undefined, StoreError>
    readonly remove: (digest: string) => Effect.Effect<void, StoreError>
  }
>()('@radiograft/artefact-store/BlobStore') {
  /** The service over plain blobs. */
  static readonly over = (blobs: Blobs): BlobStore['Service'] => {
    const lift = <A>(run: () => Promise<A>): Effect.Effect<A, StoreError> =>
      Effect.tryPromise({
        try: run,
        catch: (cause) =>
          typeof (cause as { _tag?: unknown })._tag === 'string'
            ? (cause as StoreError)
            : new StoreIoError(blobs.location, cause instanceof Error ? cause.message : String(cause), { cause }),
      })
    return {
      put: (bytes) => lift(() => blobs.put(bytes)),
      get: (digest) => lift(() => blobs.read(digest)),
      has: (digest) => lift(async () => (await blobs.size(digest)) !== undefined),
      verify: (digest) => lift(() => blobs.verify(digest)),
      remove: (digest) => lift(() => blobs.remove(digest)),
    }
  }
  /** `<root>/blobs/ab/cdef…` */
  static readonly layerFileSystem = (root: string): Layer.Layer<BlobStore> =>
    Layer.sync(BlobStore, () => BlobStore.over(fileBlobs(root)))
  static readonly layerMemory: Layer.Layer<BlobStore> = Layer.sync(BlobStore, () => BlobStore.over(memoryBlobs()))
}
