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

export interface RunResult {
  readonly run: string
  readonly folder: string
  readonly record: RunRecord
  readonly hits: number
  readonly computed: number
  readonly seconds: number
  /** by name, as `gather` returned them, each as a list */
  readonly results: Readonly<Record<string, ReadonlyArray<ResultArtefact>>>
}
