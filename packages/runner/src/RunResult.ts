// What a finished run answers: its folder, its record, and the artefacts that `gather` named.
import type { Artefact, RunRecord } from '@radiograft/artefact-store'
import type { AnyKind } from '@radiograft/pipeline'

export interface ResultArtefact {
  /** label of the node */
  readonly node: string
  readonly key: string
  readonly port: string
  readonly kind: AnyKind
  readonly artefact: Artefact
}

export interface ComputedAgain {
  readonly label: string
  readonly key: string
  readonly seconds: number
  /** digest a port, of what is kept and of what came out now */
  readonly outputs: Readonly<Record<string, { readonly kept: string; readonly now: string }>>
}

export interface RunResult {
  readonly run: string
  readonly folder: string
  readonly record: RunRecord
  readonly hits: number
  readonly computed: number
  readonly seconds: number
  /** stages that were computed again though they were kept (`ExecuteOptions.again`): nothing of it was committed */
  readonly again: ReadonlyArray<ComputedAgain>
  /** by name, as `gather` returned them, each as a list */
  readonly results: Readonly<Record<string, ReadonlyArray<ResultArtefact>>>
}
