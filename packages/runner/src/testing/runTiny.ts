// Plans and runs the tiny workspace, as the command does it: a store in a folder, stages in child processes.
import { ArtefactStore, fileStore } from '@radiograft/artefact-store'
import type { Artefact, Manifest, Store } from '@radiograft/artefact-store'
import { resolvePipeline } from '@radiograft/pipeline'
import type { AnyPipeline, Dataset } from '@radiograft/pipeline'
import { Cause, Effect, Exit } from 'effect'
import { executePlan } from '../executePlan.ts'
import type { ExecuteOptions } from '../ExecuteOptions.ts'
import { planRun } from '../planRun.ts'
import type { NodeStatus, Plan, Runtime } from '../Plan.ts'
import type { RunEvent } from '../RunEvent.ts'
import type { RunResult } from '../RunResult.ts'
import type { Workspace } from '../Workspace.ts'

export interface TinyRun {
  readonly workspace: Workspace
  readonly pipeline: AnyPipeline
  /** @default 'quick' */
  readonly preset?: string
  readonly sets?: Readonly<Record<string, string>>
  readonly datasets?: Readonly<Record<string, Dataset>>
  readonly seed?: number
  readonly runtime?: Runtime
  /** @default 1 */
  readonly threads?: number
  readonly execute?: ExecuteOptions
  readonly observe?: (event: RunEvent) => void
  readonly signal?: AbortSignal
  /** @default a folder's, the workspace's */
  readonly store?: Store
}

const inStore = async <A, E>(given: TinyRun, effect: Effect.Effect<A, E, ArtefactStore>): Promise<A> => {
  const exit = await Effect.runPromiseExit(
    Effect.provideService(effect, ArtefactStore, ArtefactStore.over(given.store ?? fileStore(given.workspace.store))),
    given.signal ? { signal: given.signal } : {},
  )
  if (Exit.isSuccess(exit)) return exit.value
  throw Cause.squash(exit.cause)
}

const planned = (given: TinyRun) =>
  planRun(
    resolvePipeline(given.pipeline, {
      preset: given.preset ?? 'quick',
      ...(given.sets && { sets: given.sets }),
      ...(given.datasets && { datasets: given.datasets }),
      ...(given.seed !== undefined && { seed: given.seed }),
    }),
    { workspace: given.workspace, threads: given.threads ?? 1, ...(given.runtime && { runtime: given.runtime }) },
  )

/** Rejects with the typed error itself. */
export const planTiny = (given: TinyRun): Promise<Plan> => inStore(given, planned(given))

/** Plans and executes; rejects with the typed error itself. */
export const runTiny = (given: TinyRun): Promise<RunResult> =>
  inStore(
    given,
    Effect.flatMap(planned(given), (plan) => executePlan(plan, given.observe, { grace: 5000, ...given.execute })),
  )

/** Label → `hit`, `miss: <reason>` or `until <label>`. */
export const statuses = (plan: Plan): Readonly<Record<string, string>> => {
  const text = (status: NodeStatus): string =>
    status._tag === 'hit' ? 'hit' : status._tag === 'miss' ? `miss: ${status.reason}` : `until ${status.until}`
  return Object.fromEntries(plan.nodes.map(({ node, status }) => [node.label, text(status)]))
}

/** Label → manifest, of everything in the run. */
export const manifestsOf = async (given: TinyRun, result: RunResult): Promise<Readonly<Record<string, Manifest>>> =>
  inStore(
    given,
    Effect.gen(function* () {
      const store = yield* ArtefactStore
      const found: Record<string, Manifest> = {}
      for (const { label, key } of result.record.nodes) found[label] = (yield* store.manifest(key!))!
      return found
    }),
  )

/** Where a blob of an artefact lies. */
export const blobPath = (given: TinyRun, artefact: Artefact, chunk = 0): string => {
  const { digest } = artefact.chunks[chunk]!
  return `${given.workspace.store}/blobs/${digest.slice(0, 2)}/${digest.slice(2)}`
}
