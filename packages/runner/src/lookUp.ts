// Whether a key has a usable manifest: all blobs of its outputs there and of the right length.
import type { ArtefactStore, Manifest, StoreError } from '@radiograft/artefact-store'
import { Effect } from 'effect'

export type Found =
  | { readonly _tag: 'found'; readonly manifest: Manifest }
  | { readonly _tag: 'faulty'; readonly reason: string }
  | { readonly _tag: 'absent' }

export const lookUp: (store: ArtefactStore['Service'], key: string) => Effect.Effect<Found, StoreError> =
  Effect.fnUntraced(function* (store: ArtefactStore['Service'], key: string) {
    const manifest = yield* store.manifest(key)
    if (!manifest) return { _tag: 'absent' } as const
    for (const [port, artefact] of Object.entries(manifest.outputs)) {
      const bad = yield* store.check(artefact, false)
      if (bad) return { _tag: 'faulty', reason: `blob ${bad.fault} (${port}, ${bad.digest.slice(0, 12)})` } as const
    }
    return { _tag: 'found', manifest } as const
  })
