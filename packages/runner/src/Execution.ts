// What the parts of an execution share: the plan, the store, the book, the processes, and what is known so far.
import type { ArtefactStore, Manifest, StoreError } from '@radiograft/artefact-store'
import type { AnyRef, ResolvedNode, ResourceClass } from '@radiograft/pipeline'
import type { Semaphore } from 'effect'
import type { BundleError, DatasetError, InputsMissingError, RunFolderError, StageFailedError } from './errors.ts'
import type { ExecuteOptions } from './ExecuteOptions.ts'
import { inputDigests } from './inputDigests.ts'
import type { Jobs } from './Jobs.ts'
import type { Plan, PlannedNode } from './Plan.ts'
import type { RunBook } from './RunBook.ts'
import type { KeptStage } from './RunEvent.ts'
import type { ComputedAgain } from './RunResult.ts'
import { keyParts } from './stageKey.ts'

export type RunError = StoreError | BundleError | DatasetError | InputsMissingError | RunFolderError | StageFailedError

export interface Execution {
  readonly plan: Plan
  readonly options: ExecuteOptions
  readonly store: ArtefactStore['Service']
  readonly book: RunBook
  readonly jobs: Jobs
  readonly slots: Readonly<Record<ResourceClass, Semaphore.Semaphore>>
  readonly byIdentity: ReadonlyMap<string, PlannedNode>
  /** identity of a node → its manifest, once it is there */
  readonly known: Map<string, Manifest>
  /** labels */
  readonly computed: Set<string>
  /** digests of artefacts whose every byte was checked in this run */
  readonly whole: Set<string>
  readonly again: ComputedAgain[]
  /** label → how far it came, of stages that have not ended and have a checkpoint */
  readonly kept: Map<string, KeptStage>
}

/** References that a port holds, one or many. */
export const listOf = (value: AnyRef | ReadonlyArray<AnyRef>): ReadonlyArray<AnyRef> =>
  [value].flat() as ReadonlyArray<AnyRef>

/** All references to stages that a node reads. */
export const sourcesOf = (node: ResolvedNode): ReadonlyArray<AnyRef> =>
  Object.values(node.inputs)
    .flatMap(listOf)
    .filter((ref) => !ref.node.dataset)

/** The parts of a node's key, from its inputs as they are known now. */
export const partsOf = ({ plan, known }: Execution, node: ResolvedNode): ReturnType<typeof keyParts> => {
  const stage = node.stage!
  return keyParts({
    stage,
    code: plan.code.get(stage.entry.href)!,
    runtime: plan.options.runtime,
    params: node.params,
    inputs: inputDigests(node, plan.datasets, known),
    seed: plan.pipeline.seed,
  })
}
