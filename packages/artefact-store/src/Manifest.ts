// The record of one computed stage: its key, what went into it, what came out. `manifests/<key>.json` in the store. The
// outputs' digests depend on content alone; times, machine and versions stand here and never enter a digest.
import type { Artefact } from './Artefact.ts'

/** What a key is the hash of (engine.md 2). Kept, so that a miss can be explained part by part. */
export interface KeyParts {
  readonly format: number
  readonly stage: string
  /** digest of the bundled entry */
  readonly code: string
  /** digest of the npm packages that the bundle imports, with their closure */
  readonly externals: string
  /** backend, its version and precision; null for a pure stage */
  readonly runtime: { readonly backend: string; readonly version: string; readonly precision: string } | null
  readonly params: Readonly<Record<string, unknown>>
  /** content digest a port, a list for ports that take many; null where unwired */
  readonly inputs: Readonly<Record<string, string | ReadonlyArray<string> | null>>
  readonly seed: number
  readonly salt: string
  /** digests of the storage of the ports' kinds */
  readonly schemas: Readonly<Record<string, string>>
}

/** What the bytes may depend on beside the key: recorded, not keyed. */
export interface Fingerprint {
  readonly cpu: string
  readonly threads: number
  readonly arch: string
  readonly platform: string
  /** which kernels the tensor runtime computes with: with others the last bits differ; absent where nobody said */
  readonly kernels?: string
}

/** A piece of a computation that was stopped and went on: its steps are those after `from` up to the next part's. */
export interface ComputedPart {
  /** steps that were done before it: 0 of the first, the checkpoint's of every other */
  readonly from: number
  /** id of the run, and the node's label there */
  readonly run: string
  readonly label: string
  readonly fingerprint: Fingerprint
}

export interface Manifest {
  readonly format: 1
  readonly key: string
  /** the node's id in the pipeline file */
  readonly node: string
  readonly stage: string
  readonly keyParts: KeyParts
  readonly outputs: Readonly<Record<string, Artefact>>
  /** the manifests whose artefacts were read: port, key of its manifest (or the dataset's name), output port, digest */
  readonly provenance: ReadonlyArray<{
    readonly port: string
    readonly from: string
    readonly output: string
    readonly digest: string
  }>
  /** node, npm packages that the bundle imports with their closure */
  readonly versions: Readonly<Record<string, string>>
  readonly fingerprint: Fingerprint
  /** path from the workspace's root → sha256 of the source, of every module in the stage's bundle: explains a changed digest */
  readonly modules: Readonly<Record<string, string>>
  /** of a computation that was resumed; absent where it was done at one go */
  readonly parts?: ReadonlyArray<ComputedPart>
  /** wall time of the computation, all parts together, without what was done twice */
  readonly seconds: number
  /** ISO time */
  readonly started: string
  /** id of the run that computed it; of the last part where there are several */
  readonly run: string
  /** last value of each metric that the stage emitted */
  readonly metrics: Readonly<Record<string, number>>
}
