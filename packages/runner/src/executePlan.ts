// Executes a plan: stages as soon as their inputs are there, each in a child process, manifests committed by this process
// alone. A blob that turns out damaged is computed again before anything reads it, a stage that was stopped goes on.
import { ArtefactStore } from '@radiograft/artefact-store'
import type { Manifest, RunRecord } from '@radiograft/artefact-store'
import type { ResourceClass } from '@radiograft/pipeline'
import { Deferred, Effect, Exit, Semaphore } from 'effect'
import type { ExecuteOptions } from './ExecuteOptions.ts'
import { sourcesOf } from './Execution.ts'
import type { Execution, RunError } from './Execution.ts'
import { makeHealer } from './healInputs.ts'
import type { Healer } from './healInputs.ts'
import { childJobs, hereJobs } from './Jobs.ts'
import type { Plan } from './Plan.ts'
import { openRunBook } from './RunBook.ts'
import type { RunEvent } from './RunEvent.ts'
import type { ResultArtefact, RunResult } from './RunResult.ts'
import { settleStage } from './settleStage.ts'
import { sweepKeyFolders } from './sweepKeyFolders.ts'
import { sweepScratch } from './sweepScratch.ts'

const defaultSlots: Readonly<Record<ResourceClass, number>> = { compute: 1, light: 2, io: 2 }
const defaultGrace = 30_000

/** What `gather` named, every byte of it checked. */
const resultsOf = Effect.fnUntraced(function* (
  { plan, known, byIdentity }: Execution,
  { heal }: Healer,
): Effect.fn.Return<RunResult['results'], RunError> {
  const results: Record<string, ReadonlyArray<ResultArtefact>> = {}
  for (const [name, refs] of Object.entries(plan.pipeline.results)) {
    const list: ResultArtefact[] = []
    for (const ref of refs) {
      if (ref.node.dataset) continue
      yield* heal(ref.node.identity, ref.port)
      const manifest = known.get(ref.node.identity)!
      const { label } = byIdentity.get(ref.node.identity)!.node
      list.push({
        node: label,
        key: manifest.key,
        port: ref.port,
        kind: ref.kind,
        artefact: manifest.outputs[ref.port]!,
      })
    }
    results[name] = list
  }
  return results
})

const resultsRecord = (results: RunResult['results']): RunRecord['results'] =>
  Object.fromEntries(
    Object.entries(results).map(([name, list]) => [
      name,
      list.map(({ node, key, port, kind, artefact }) => ({
        node,
        key,
        port,
        kind: kind.kind,
        digest: artefact.digest,
      })),
    ]),
  )

/** Every node once those that it reads are settled. */
const settleAll = (run: Execution, healer: Healer): Effect.Effect<void, RunError> => {
  const { nodes } = run.plan
  const ready = new Map(nodes.map(({ node }) => [node.identity, Deferred.makeUnsafe<void>()]))
  return Effect.forEach(
    nodes,
    (planned) =>
      Effect.gen(function* () {
        for (const { node } of sourcesOf(planned.node)) yield* Deferred.await(ready.get(node.identity)!)
        yield* settleStage(run, healer, planned)
        yield* Deferred.succeed(ready.get(planned.node.identity)!, undefined)
      }),
    { concurrency: 'unbounded', discard: true },
  )
}

const finish = Effect.fnUntraced(function* (run: Execution, healer: Healer): Effect.fn.Return<RunResult, RunError> {
  const { plan, book, computed, again } = run
  const results = yield* resultsOf(run, healer)
  book.setResults(resultsRecord(results))
  yield* book.end('done', null)
  const record = book.record()
  return {
    run: book.id,
    folder: book.path,
    record,
    hits: plan.nodes.length - computed.size,
    computed: computed.size,
    seconds: record.seconds ?? 0,
    again,
    results,
  }
})

const failureText = (exit: Exit.Failure<unknown, unknown>): string => {
  const [first] = exit.cause.reasons.flatMap((reason) =>
    reason._tag === 'Fail' ? [reason.error] : reason._tag === 'Die' ? [reason.defect] : [],
  )
  return first instanceof Error ? first.message : String(first)
}

/** How a run ended that did not come to its end. */
const stopped = ({ book, kept }: Execution, exit: Exit.Failure<unknown, unknown>): Effect.Effect<void> =>
  Effect.gen(function* () {
    const interrupted = Exit.hasInterrupts(exit) && !Exit.hasFails(exit)
    const status = interrupted ? 'interrupted' : 'failed'
    const error = interrupted ? 'interrupted' : failureText(exit)
    for (const { label, step, total } of kept.values()) book.update(label, { kept: { step, total: total ?? null } })
    // what went wrong is told, not that it could not be written down
    yield* Effect.ignore(book.end(status, error))
    book.tell({ _tag: 'run-stopped', status, error, ...(kept.size > 0 && { kept: [...kept.values()] }) })
  })

/**
 * The observer must not throw; it is called in this process, in order. Fails with the first stage that fails, after stopping
 * the others; what was committed stays. Interruption stops the children: SIGTERM, on which a training step is finished and
 * saved; SIGKILL after `grace`.
 */
export const executePlan: (
  plan: Plan,
  observer?: (event: RunEvent) => void,
  options?: ExecuteOptions,
) => Effect.Effect<RunResult, RunError, ArtefactStore> = Effect.fnUntraced(function* (
  plan: Plan,
  observer: (event: RunEvent) => void = () => {},
  options: ExecuteOptions = {},
) {
  const store = yield* ArtefactStore
  yield* store.probe
  const { workspace, threads } = plan.options
  const grace = options.grace ?? defaultGrace
  const command = options.command ?? []
  const book = yield* openRunBook({ plan, command, store: store.plain.location, observer })
  const run: Execution = {
    plan,
    options,
    store,
    book,
    jobs: options.inProcess === true ? hereJobs(store, grace) : childJobs(workspace, { threads, grace }),
    slots: Object.fromEntries(
      Object.entries({ ...defaultSlots, ...options.slots }).map(([name, n]) => [name, Semaphore.makeUnsafe(n)]),
    ) as Execution['slots'],
    byIdentity: new Map(plan.nodes.map((planned) => [planned.node.identity, planned])),
    known: new Map<string, Manifest>(),
    computed: new Set(),
    whole: new Set(),
    again: [],
    kept: new Map(),
  }
  const healer = makeHealer(run)
  book.tell({ _tag: 'plan', run: book.id, folder: book.path, plan })
  return yield* Effect.gen(function* () {
    yield* settleAll(run, healer)
    // after the stages: a checkpoint that this run goes on from may be older than what is kept
    yield* Effect.promise(() => sweepKeyFolders(store.plain))
    yield* Effect.promise(() => sweepScratch(workspace.runs))
    const result = yield* finish(run, healer)
    book.tell({ _tag: 'run-done', result })
    return result
  }).pipe(
    Effect.onExit((exit) =>
      Effect.gen(function* () {
        yield* run.jobs.stop
        if (Exit.isFailure(exit)) yield* stopped(run, exit)
      }),
    ),
  )
})
