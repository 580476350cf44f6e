// Executes a plan: stages in topological order, each in a child process, manifests committed by this process alone.
import type { ArtefactStore, StoreError } from '@radiograft/artefact-store'
import type { ResourceClass } from '@radiograft/pipeline'
import { Effect } from 'effect'
import type { BundleError, DatasetError, StageFailedError } from './errors.ts'
import type { Plan } from './Plan.ts'
import type { RunEvent } from './RunEvent.ts'
import type { RunResult } from './RunResult.ts'

export interface ExecuteOptions {
  /** how many stages of a class run at a time. @default { compute: 1, light: 2, io: 2 } */
  readonly slots?: Partial<Record<ResourceClass, number>>
  /** run entries in this process, for debugging and tests. @default false */
  readonly inProcess?: boolean
  /** the command line, kept in run.json */
  readonly command?: ReadonlyArray<string>
  /** milliseconds from SIGTERM to SIGKILL. @default 30000 */
  readonly grace?: number
}

export type RunError = StoreError | BundleError | DatasetError | StageFailedError

/** The observer must not throw; it is called in this process, in order. Interruption stops the children (SIGTERM). */
export const executePlan = (
  _plan: Plan,
  _observer: (event: RunEvent) => void = () => {},
  _options: ExecuteOptions = {},
): Effect.Effect<RunResult, RunError, ArtefactStore> => Effect.die(new Error('in the making'))
