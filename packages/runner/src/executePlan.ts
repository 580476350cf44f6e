// Executes a plan: stages as soon as their inputs are there, each in a child process, manifests committed by this process
// alone. A blob that turns out damaged is computed again before anything reads it.
import { artefactBytes, ArtefactStore } from '@radiograft/artefact-store'
import type { Artefact, KeyParts, Manifest, RunRecord, RunRecordNode, StoreError } from '@radiograft/artefact-store'
import { canonicalJson, parseCanonicalJson } from '@radiograft/pipeline'
import type { AnyKind, AnyRef, ResolvedNode, ResourceClass } from '@radiograft/pipeline'
import { Deferred, Effect, Exit, Option, Semaphore } from 'effect'
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { childBundle } from './childBundle.ts'
import { debugBundle } from './debugBundle.ts'
import { codeCommit } from './codeCommit.ts'
import { BundleError, InputsMissingError, RunFolderError, StageFailedError } from './errors.ts'
import type { DatasetError } from './errors.ts'
import { explainMiss } from './explainMiss.ts'
import { inputDigests } from './inputDigests.ts'
import type { Job, JobEvent, JobInput } from './Job.ts'
import { lookUp } from './lookUp.ts'
import type { Plan, PlannedNode } from './Plan.ts'
import type { RunEvent } from './RunEvent.ts'
import { openRunFolder } from './runFolder.ts'
import { runJob } from './runJob.ts'
import { initialRecord } from './runRecord.ts'
import type { ComputedAgain, ResultArtefact, RunResult } from './RunResult.ts'
import { keyParts, stageKey } from './stageKey.ts'
import { makeWorkers } from './Workers.ts'
import type { Workers } from './Workers.ts'
import type { JobEnd } from './Worker.ts'

export interface ExecuteOptions {
  /** how many stages of a class run at a time. @default { compute: 1, light: 2, io: 2 } */
  readonly slots?: Partial<Record<ResourceClass, number>>
  /** run entries in this process, for debugging and tests. @default false */
  readonly inProcess?: boolean
  /** compute these labels and nothing else: fails with `InputsMissingError` where another would be needed. @default all */
  readonly only?: ReadonlySet<string>
  /** compute those of `only` even if they are kept, commit nothing, and say what came out. @default false */
  readonly again?: boolean
  /** wait for a debugger before each entry is called; `tell` is given its address */
  readonly inspect?: { readonly tell: (label: string, url: string) => void }
  /** the command line, kept in run.json */
  readonly command?: ReadonlyArray<string>
  /** milliseconds from SIGTERM to SIGKILL. @default 30000 */
  readonly grace?: number
}

export type RunError = StoreError | BundleError | DatasetError | InputsMissingError | RunFolderError | StageFailedError

const defaultSlots: Readonly<Record<ResourceClass, number>> = { compute: 1, light: 2, io: 2 }
const defaultGrace = 30_000
/** Milliseconds between two looks at a lock that another process holds. */
const lookEvery = 200

const listOf = (value: AnyRef | ReadonlyArray<AnyRef>): ReadonlyArray<AnyRef> => [value].flat() as ReadonlyArray<AnyRef>

const megabytes = (bytes: number): string =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${Math.round(bytes / 1e6)} MB`

/** One line a port, for a failure: `films: films, 800 rows, 26 MB`. */
const describeInputs = (inputs: Job['inputs']): ReadonlyArray<string> => {
  const one = (artefact: Artefact): string =>
    `${artefact.kind}, ${artefact.rows} rows, ${megabytes(artefactBytes(artefact))}`
  return Object.entries(inputs).map(([port, input]) =>
    input._tag === 'dataset'
      ? `${port}: dataset ${input.dataset.layout}`
      : input._tag === 'artefact'
        ? `${port}: ${one(input.artefact)}`
        : `${port}: ${input.artefacts.length} of ${input.kind.kind}`,
  )
}

const jobInputs = (node: ResolvedNode, known: ReadonlyMap<string, Manifest>): Job['inputs'] => {
  const artefactOf = (ref: AnyRef): Artefact => known.get(ref.node.identity)!.outputs[ref.port]!
  const kindOfRef = (ref: AnyRef): AnyKind => ({ kind: ref.kind.kind, storage: ref.kind.storage })
  return Object.fromEntries(
    Object.entries(node.inputs).map(([port, value]): [string, JobInput] => {
      if (Array.isArray(value)) {
        const refs = value as ReadonlyArray<AnyRef>
        const kind = refs[0] ? kindOfRef(refs[0]) : { kind: 'none', storage: { layout: 'json' } as const }
        return [port, { _tag: 'many', kind, artefacts: refs.map(artefactOf) }]
      }
      const ref = value as AnyRef
      return ref.node.dataset
        ? [port, { _tag: 'dataset', dataset: ref.node.dataset.value }]
        : [port, { _tag: 'artefact', kind: kindOfRef(ref), artefact: artefactOf(ref) }]
    }),
  )
}

const provenanceOf = (node: ResolvedNode, plan: Plan, known: ReadonlyMap<string, Manifest>): Manifest['provenance'] =>
  Object.entries(node.inputs).flatMap(([port, value]) =>
    listOf(value).map((ref) => {
      if (ref.node.dataset) {
        const { name } = ref.node.dataset
        return { port, from: `dataset:${name}`, output: 'dataset', digest: plan.datasets[name]! }
      }
      const from = known.get(ref.node.identity)!
      return { port, from: from.key, output: ref.port, digest: from.outputs[ref.port]!.digest }
    }),
  )

/** Runs a job here, without a process: what the entry itself prints goes where this process prints, its messages to the log. */
const runHere = async (
  job: Job,
  store: ArtefactStore['Service'],
  log: string,
  observe: (event: JobEvent) => void,
  signal: AbortSignal,
): Promise<JobEnd> => {
  const keep = (text: string): void => {
    try {
      appendFileSync(log, `${text}\n`)
    } catch {
      // as in a child: a log that cannot be written is no reason to lose the result
    }
  }
  const noted = (event: JobEvent): void => {
    if (event._tag === 'log') keep(event.message)
    observe(event)
  }
  try {
    // as it would go down to a child: the order of columns, and with it every byte, follows the order of keys
    const sent = parseCanonicalJson(canonicalJson(job)) as Job
    return { _tag: 'done', ...(await runJob(sent, store.plain.blobs, noted, signal)) }
  } catch (cause) {
    const error = cause instanceof Error ? cause : new Error(String(cause))
    keep(error.stack ?? error.message)
    return { _tag: 'failed', name: error.name, message: error.message, stack: error.stack ?? '' }
  }
}

/** Seconds since a `performance.now()`: the wall clock may step back. */
const elapsed = (since: number): number => (performance.now() - since) / 1000

const inRunFolder = <A>(path: string, act: () => A): Effect.Effect<A, RunFolderError> =>
  Effect.try({
    try: act,
    catch: (cause) => (cause instanceof RunFolderError ? cause : new RunFolderError(path, cause)),
  })

/**
 * The observer must not throw; it is called in this process, in order. Fails with the first stage that fails, after stopping
 * the others; what was committed stays. Interruption stops the children: SIGTERM, SIGKILL after `grace`.
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
  const { pipeline, datasets, code } = plan
  const { workspace, runtime, threads } = plan.options
  const grace = options.grace ?? defaultGrace
  const started = new Date()
  const startedAt = performance.now()
  const folder = yield* inRunFolder(workspace.runs, () =>
    openRunFolder(workspace.runs, pipeline.name, pipeline.preset, started),
  )
  let record: RunRecord = initialRecord(plan, folder.id, {
    command: options.command ?? [],
    started,
    store: store.plain.location,
  })
  const save = Effect.suspend(() => inRunFolder(folder.path, () => folder.write(record)))
  yield* save
  const update = (label: string, change: Partial<RunRecordNode>): void => {
    record = { ...record, nodes: record.nodes.map((node) => (node.label === label ? { ...node, ...change } : node)) }
  }
  const tell = (event: RunEvent): void => {
    const at = Date.now()
    if (event._tag === 'plan') folder.event({ _tag: 'plan', commit: codeCommit(workspace.root), at })
    else folder.event(event._tag === 'run-done' ? { _tag: 'run-done', at } : { ...event, at })
    observer(event)
  }
  tell({ _tag: 'plan', run: folder.id, folder: folder.path, plan })

  const known = new Map<string, Manifest>()
  const computed = new Set<string>()
  const again: ComputedAgain[] = []
  const ready = new Map(plan.nodes.map(({ node }) => [node.identity, Deferred.makeUnsafe<void>()]))
  const locks = new Map(plan.nodes.map(({ node }) => [node.identity, Semaphore.makeUnsafe(1)]))
  const byIdentity = new Map(plan.nodes.map((planned) => [planned.node.identity, planned]))
  const slots = Object.fromEntries(
    Object.entries({ ...defaultSlots, ...options.slots }).map(([name, n]) => [name, Semaphore.makeUnsafe(n)]),
  ) as Readonly<Record<ResourceClass, Semaphore.Semaphore>>
  /** artefacts whose every byte was checked in this run */
  const whole = new Set<string>()

  let workers: Promise<Workers> | undefined
  const startWorkers = (): Promise<Workers> =>
    (workers ??= childBundle(workspace).then((bundle) =>
      makeWorkers(bundle, { RADIOGRAFT_THREADS: String(threads), TF_CPP_MIN_LOG_LEVEL: '2' }, grace),
    ))

  /** Runs a job; interruption asks its process to end and waits. */
  const runIn = (
    job: Job,
    node: ResolvedNode,
    log: string,
    observe: (event: JobEvent) => void,
  ): Effect.Effect<JobEnd> =>
    Effect.callback<JobEnd>((resume, signal) => {
      if (options.inProcess === true) {
        void runHere(job, store, log, observe, signal).then((end) => resume(Effect.succeed(end)))
        return undefined
      }
      let stop: () => Promise<void> = async () => {}
      startWorkers()
        .then((pool) =>
          pool.run(job, {
            reusable: node.stage!.resource !== 'compute',
            log,
            observe,
            onStart: (how) => (stop = how),
          }),
        )
        .then(
          (end) => resume(Effect.succeed(end)),
          (cause: unknown) => resume(Effect.die(cause)),
        )
      return Effect.promise(() => stop())
    })

  // a debugger is waited for with this process's loop held: a signal ends it there, and nothing of it runs after that. So the
  // folder is left as it would have to be, and taken up again once the debugger has come
  const leave = (scratch: string): void => {
    folder.write(endedRecord(record, 'interrupted', 'interrupted while a debugger was waited for', elapsed(startedAt)))
    rmSync(scratch, { recursive: true, force: true })
  }
  const comeBack = (scratch: string): void => {
    mkdirSync(scratch)
    folder.write(record)
  }

  /** With `kept`, the manifest that is there already, nothing is committed: what came out is held against it. */
  const compute = Effect.fnUntraced(function* (planned: PlannedNode, key: string, reason: string, kept?: Manifest) {
    const { node } = planned
    const stage = node.stage!
    if (options.only && !options.only.has(node.label))
      return yield* Effect.fail(new InputsMissingError([...options.only], [node.label]))
    const bundle = code.get(stage.entry.href)!
    const file = options.inspect
      ? yield* Effect.tryPromise({
          try: () => debugBundle(workspace, bundle),
          catch: (cause) =>
            cause instanceof BundleError ? cause : new BundleError(bundle.entry, String(cause), { cause }),
        })
      : bundle.file
    const inputs = inputDigests(node, datasets, known)
    const parts = keyParts({ stage, code: bundle, runtime, params: node.params, inputs, seed: pipeline.seed })
    const log = folder.log(node.label)
    const job: Omit<Job, 'scratch'> = {
      bundle: pathToFileURL(file).href,
      params: node.params,
      inputs: jobInputs(node, known),
      outputs: Object.fromEntries(
        Object.entries(stage.outputs as Readonly<Record<string, AnyKind>>).map(([port, { kind, storage }]) => [
          port,
          { kind, storage },
        ]),
      ),
      seed: parts.seed,
      threads,
      precision: runtime.precision,
      store: store.plain.location,
      ...(options.inspect && { inspect: true }),
    }
    const began = new Date()
    const beganAt = performance.now()
    const metrics: Record<string, number> = {}
    const { label } = node
    let scratch = ''
    const observe = (event: JobEvent): void => {
      if (event._tag === 'progress') {
        const speed = event.done / elapsed(beganAt)
        tell({ ...event, label, eta: event.done > 0 ? (event.total - event.done) / speed : undefined })
      } else if (event._tag === 'metric') {
        metrics[event.name] = event.value
        tell({ ...event, label })
      } else if (event._tag === 'log') tell({ ...event, label })
      else if (event._tag === 'inspector') {
        if (options.inProcess === true) leave(scratch)
        options.inspect?.tell(label, event.url)
      } else if (event._tag === 'inspected' && options.inProcess === true) comeBack(scratch)
    }
    tell({ _tag: 'stage-start', label, key, reason, log, expected: planned.seconds })
    // this process's, so that nothing stays of a child that is killed
    const end = yield* Effect.acquireUseRelease(
      inRunFolder(folder.path, () => mkdtempSync(join(folder.path, 'scratch-'))),
      (made) => runIn({ ...job, scratch: (scratch = made) }, node, log, observe),
      (made) => Effect.promise(() => rm(made, { recursive: true, force: true })),
    )
    if (end._tag !== 'done') {
      const failure =
        end._tag === 'failed' ? end : { name: 'Stopped', message: 'the process was asked to end', stack: '' }
      const error = new StageFailedError({
        node: label,
        stage: stage.name,
        inputs: describeInputs(job.inputs),
        log,
        failure: { name: failure.name, message: failure.message, stack: failure.stack },
      })
      update(label, { status: 'failed', reason, key, log: `logs/${log.slice(log.lastIndexOf('/') + 1)}` })
      tell({ _tag: 'stage-failed', label, error: error.message, log })
      return yield* Effect.fail(error)
    }
    if (kept) {
      again.push({
        label,
        key,
        seconds: end.seconds,
        outputs: Object.fromEntries(
          Object.entries(end.outputs).map(([port, { digest }]) => [
            port,
            { kept: kept.outputs[port]!.digest, now: digest },
          ]),
        ),
      })
      computed.add(label)
      update(label, {
        status: 'computed',
        reason,
        key,
        seconds: end.seconds,
        log: `logs/${log.slice(log.lastIndexOf('/') + 1)}`,
      })
      tell({ _tag: 'stage-done', label, key, hit: false, seconds: end.seconds })
      return kept
    }
    const { manifest, won } = yield* store.commit({
      format: 1,
      key,
      node: node.id,
      stage: stage.name,
      keyParts: parts,
      outputs: end.outputs,
      provenance: provenanceOf(node, plan, known),
      versions: { node: process.versions.node, ...bundle.versions },
      fingerprint: plan.fingerprint,
      modules: bundle.modules,
      seconds: end.seconds,
      started: began.toISOString(),
      run: folder.id,
      metrics,
    })
    computed.add(label)
    if (won) for (const artefact of Object.values(manifest.outputs)) whole.add(artefact.digest)
    update(label, {
      status: 'computed',
      reason,
      key,
      seconds: end.seconds,
      log: `logs/${log.slice(log.lastIndexOf('/') + 1)}`,
    })
    tell({ _tag: 'stage-done', label, key, hit: false, seconds: end.seconds })
    return manifest
  })

  /** Does a work on a key while no other process does; waits for one that does. */
  const holding = Effect.fnUntraced(function* <A, E>(label: string, key: string, work: Effect.Effect<A, E>) {
    for (let told = false; ; told = true) {
      const done = yield* Effect.acquireUseRelease(
        store.lock(key),
        (lock) => (lock ? Effect.asSome(work) : Effect.succeedNone),
        (lock) => Effect.promise(async () => lock?.release()),
      )
      if (Option.isSome(done)) return done.value
      if (!told) tell({ _tag: 'log', label, message: 'another run computes this now: waiting for its result' })
      yield* Effect.sleep(lookEvery)
    }
  })

  /** Checks every byte of an artefact of a node; when it is damaged, puts its manifest aside and computes the node again. */
  const heal = (identity: string, port: string): Effect.Effect<void, RunError> =>
    locks.get(identity)!.withPermits(1)(
      Effect.gen(function* () {
        const { key, outputs } = known.get(identity)!
        if (whole.has(outputs[port]!.digest)) return
        if (!(yield* store.check(outputs[port]!, true))) return void whole.add(outputs[port]!.digest)
        const planned = byIdentity.get(identity)!
        yield* holding(planned.node.label, key, healHeld(planned, key, port))
      }),
    )
  /** Under the key's lock: another run may have healed it meanwhile. */
  const healHeld = Effect.fnUntraced(function* (
    planned: PlannedNode,
    key: string,
    port: string,
  ): Effect.fn.Return<void, RunError> {
    const { identity, stage } = planned.node
    const current = yield* store.manifest(key)
    const bad = current && (yield* store.check(current.outputs[port]!, true))
    if (current && !bad) {
      known.set(identity, current)
      return void whole.add(current.outputs[port]!.digest)
    }
    if (bad) {
      yield* Effect.promise(() => store.plain.blobs.remove(bad.digest))
      yield* store.supersede(key)
    }
    yield* healInputs(planned.node)
    const reason = bad ? `blob ${bad.fault} (${port}, ${bad.digest.slice(0, 12)})` : 'its manifest was put aside'
    known.set(identity, yield* slots[stage!.resource].withPermits(1)(compute(planned, key, reason)))
  })
  const healInputs = Effect.fnUntraced(function* (node: ResolvedNode): Effect.fn.Return<void, RunError> {
    for (const ref of Object.values(node.inputs).flatMap(listOf))
      if (!ref.node.dataset) yield* heal(ref.node.identity, ref.port)
  })

  const isEarlier = (manifest: Manifest): boolean => manifest.run !== folder.id
  const settle = Effect.fnUntraced(function* (planned: PlannedNode) {
    const { node } = planned
    const stage = node.stage!
    for (const ref of Object.values(node.inputs).flatMap(listOf))
      if (!ref.node.dataset) yield* Deferred.await(ready.get(ref.node.identity)!)
    const bundle = code.get(stage.entry.href)!
    const partsNow = () => {
      const inputs = inputDigests(node, datasets, known)
      return keyParts({ stage, code: bundle, runtime, params: node.params, inputs, seed: pipeline.seed })
    }
    const hit = (manifest: Manifest): Manifest => {
      const { key, seconds, run, metrics } = manifest
      update(node.label, { status: 'hit', key, seconds })
      tell({ _tag: 'stage-done', label: node.label, key, hit: true, seconds, from: { run, metrics } })
      return manifest
    }
    /** Under the key's lock: another run may have finished it meanwhile. */
    const computeHeld = Effect.fnUntraced(function* (parts: KeyParts, key: string) {
      const found = yield* lookUp(store, key)
      if (found._tag === 'found') return hit(found.manifest)
      if (found._tag === 'faulty') yield* store.supersede(key)
      const why =
        found._tag === 'faulty'
          ? found.reason
          : planned.status._tag === 'miss' && planned.status.key === key
            ? planned.status.reason
            : explainMiss(node.id, parts, bundle, (yield* store.ofStage(stage.name)).filter(isEarlier)).reason
      return yield* slots[stage.resource].withPermits(1)(compute(planned, key, why))
    })
    const key = stageKey(partsNow())
    // the plan's own answer where it had one: its blobs were checked a moment ago
    const found =
      planned.status._tag === 'hit' && planned.status.key === key
        ? ({ _tag: 'found', manifest: planned.status.manifest } as const)
        : yield* lookUp(store, key)
    if (found._tag === 'found' && options.again === true && options.only?.has(node.label)) {
      yield* healInputs(node)
      const once = compute(planned, key, 'computed again to be compared with what is kept', found.manifest)
      known.set(node.identity, yield* slots[stage.resource].withPermits(1)(once))
    } else if (found._tag === 'found') known.set(node.identity, hit(found.manifest))
    else {
      // inputs that had to be computed anew may have other bytes, on another machine say, and this node then another key
      yield* healInputs(node)
      const parts = partsNow()
      const now = stageKey(parts)
      known.set(node.identity, yield* holding(node.label, now, computeHeld(parts, now)))
      yield* save
    }
    yield* Deferred.succeed(ready.get(node.identity)!, undefined)
  })

  const resultsOf = Effect.fnUntraced(function* () {
    const results: Record<string, ReadonlyArray<ResultArtefact>> = {}
    for (const [name, refs] of Object.entries(pipeline.results)) {
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

  const finish = (status: RunRecord['status'], error: string | null): Effect.Effect<void, RunFolderError> => {
    record = endedRecord(record, status, error, elapsed(startedAt))
    return save
  }

  return yield* Effect.gen(function* () {
    yield* Effect.forEach(plan.nodes, settle, { concurrency: 'unbounded', discard: true })
    const results = yield* resultsOf()
    record = {
      ...record,
      results: Object.fromEntries(
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
      ),
    }
    yield* finish('done', null)
    const result: RunResult = {
      run: folder.id,
      folder: folder.path,
      record,
      hits: plan.nodes.length - computed.size,
      computed: computed.size,
      seconds: record.seconds ?? 0,
      again,
      results,
    }
    tell({ _tag: 'run-done', result })
    return result
  }).pipe(
    Effect.onExit((exit) =>
      Effect.gen(function* () {
        if (workers) {
          const pool = yield* Effect.promise(() => workers!.catch(() => undefined))
          if (pool) yield* Effect.promise(() => pool.stop())
        }
        if (Exit.isFailure(exit)) {
          const interrupted = Exit.hasInterrupts(exit) && !Exit.hasFails(exit)
          const status = interrupted ? 'interrupted' : 'failed'
          const error = interrupted ? 'interrupted' : failureText(exit)
          // what went wrong is told, not that it could not be written down
          yield* Effect.ignore(finish(status, error))
          tell({ _tag: 'run-stopped', status, error })
        }
      }),
    ),
  )
})

/** What had not begun is not reached. */
const endedRecord = (
  record: RunRecord,
  status: RunRecord['status'],
  error: string | null,
  seconds: number,
): RunRecord => ({
  ...record,
  status,
  error,
  seconds,
  nodes: record.nodes.map((node) => (node.status === 'pending' ? { ...node, status: 'not-reached' } : node)),
})

const failureText = (exit: Exit.Failure<unknown, unknown>): string => {
  const [first] = exit.cause.reasons.flatMap((reason) =>
    reason._tag === 'Fail' ? [reason.error] : reason._tag === 'Die' ? [reason.defect] : [],
  )
  return first instanceof Error ? first.message : String(first)
}
