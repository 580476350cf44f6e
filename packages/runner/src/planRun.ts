// Plans a run: the key of every stage whose inputs are known, what is there already, and why the rest is not.
import type { ArtefactStore, StoreError } from '@radiograft/artefact-store'
import type { ResolvedPipeline } from '@radiograft/pipeline'
import { Effect } from 'effect'
import type { BundleError, DatasetError } from './errors.ts'
import type { Plan, RunOptions } from './Plan.ts'

export type PlanError = StoreError | BundleError | DatasetError

export const planRun = (
  _pipeline: ResolvedPipeline,
  _options: RunOptions,
): Effect.Effect<Plan, PlanError, ArtefactStore> => Effect.die(new Error('in the making'))
