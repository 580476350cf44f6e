// Manifests by key: the plain interface below the `ArtefactStore` service. The first writer wins; a manifest whose blobs
// are gone is put aside as superseded before a new one is written.
import type { Manifest } from './Manifest.ts'

export interface Manifests {
  get(key: string): Promise<Manifest | undefined>
  /** Creates it exclusively. When another writer was first, its manifest is answered and `won` is false. */
  commit(manifest: Manifest): Promise<{ readonly manifest: Manifest; readonly won: boolean }>
  /** Renames it to `<key>.superseded-<n>.json`, so that the stage can be computed again. */
  supersede(key: string): Promise<void>
  /** Manifests of a stage, newest first, superseded ones left out. */
  ofStage(stage: string): Promise<ReadonlyArray<Manifest>>
}
