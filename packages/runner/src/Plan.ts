// A plan: what a run would do and why, before anything is computed.
import type { ResolvedNode, ResolvedPipeline } from '@radiograft/pipeline'
import type { Fingerprint, KeyParts, Manifest } from '@radiograft/artefact-store'
import type { StageCode } from './StageCode.ts'
import type { Workspace } from './Workspace.ts'

/** The tensor runtime that stages compute with; part of the key of every stage that is not pure. */
export interface Runtime {
  readonly backend: string
  readonly version: string
  readonly precision: 'fp32' | 'bf16'
  /** which kernels it computes with; recorded with what comes out, not keyed */
  readonly kernels?: string
}

export interface RunOptions {
  readonly workspace: Workspace
  /** @default { backend: 'tensorflow', version: 'unknown', precision: 'fp32' } */
  readonly runtime?: Runtime
  /** threads of a compute stage; not keyed. @default all cores */
  readonly threads?: number
}

export type NodeStatus =
  | { readonly _tag: 'hit'; readonly key: string; readonly manifest: Manifest }
  | {
      readonly _tag: 'miss'
      readonly key: string
      readonly parts: KeyParts
      readonly reason: string
      /** what an earlier try at the same key left: it goes on there */
      readonly checkpoint?: PlannedCheckpoint
    }
  /** an input is not computed yet; its result may be equal to an earlier one, and this node then a hit */
  | { readonly _tag: 'unknown'; readonly until: string }

export interface PlannedCheckpoint {
  /** steps that are done */
  readonly step: number
  /** steps in all, where that is known */
  readonly total: number | undefined
  /** seconds that the rest takes at the pace so far */
  readonly secondsLeft: number | undefined
}

export interface PlannedNode {
  readonly node: ResolvedNode
  readonly status: NodeStatus
  /** wall time of its nearest earlier computation, or of what is left of one that goes on; undefined when neither is known */
  readonly seconds: number | undefined
}

export interface Plan {
  readonly pipeline: ResolvedPipeline
  /** stages only, inputs before users */
  readonly nodes: ReadonlyArray<PlannedNode>
  readonly counts: { readonly hit: number; readonly miss: number; readonly unknown: number }
  /** expected wall time of all that is no hit; nodes never computed count 0 */
  readonly seconds: number
  /** of the above, how many have no earlier time */
  readonly untimed: number
  /** content digest a dataset */
  readonly datasets: Readonly<Record<string, string>>
  /** the code of each stage as it was when the plan was made: what was hashed is what runs */
  readonly code: ReadonlyMap<string, StageCode>
  readonly options: Required<RunOptions>
  readonly fingerprint: Fingerprint
}
