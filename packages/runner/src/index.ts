/**
 * @radiograft/runner: plans, keys and executes pipelines: what was hashed is what runs.
 *
 * ```ts
 * import { ArtefactStore } from '@radiograft/artefact-store'
 * import { resolvePipeline } from '@radiograft/pipeline'
 * import { executePlan, findWorkspace, planRun } from '@radiograft/runner'
 * import { Effect } from 'effect'
 *
 * const workspace = findWorkspace(process.cwd())
 * const program = Effect.gen(function* () {
 *   const plan = yield* planRun(resolvePipeline(pipeline, { preset: 'quick' }), { workspace })
 *   return yield* executePlan(plan, (event) => console.log(event._tag))
 * })
 * await Effect.runPromise(Effect.provide(program, ArtefactStore.layerFileSystem(workspace.store)))
 * ```
 */

// where
export { findWorkspace } from './Workspace.ts'
export type { Workspace } from './Workspace.ts'

// what would run
export { planRun } from './planRun.ts'
export type { PlanError } from './planRun.ts'
export type { NodeStatus, Plan, PlannedCheckpoint, PlannedNode, RunOptions, Runtime } from './Plan.ts'
export type { StageCode } from './StageCode.ts'

// run it
export { planOnly } from './planOnly.ts'
export { executePlan } from './executePlan.ts'
export type { ExecuteOptions } from './ExecuteOptions.ts'
export { leanHeap } from './leanHeap.ts'
export type { RunError } from './Execution.ts'
export type { JournalLine, KeptStage, RunEvent } from './RunEvent.ts'
export type { ComputedAgain, ResultArtefact, RunResult } from './RunResult.ts'

// errors
export { BundleError, DatasetError, InputsMissingError, RunFolderError, StageFailedError } from './errors.ts'
