// Computes one stage: makes its job, has it run, tells what happens, and turns the drafts that come back into a manifest.
import type { ArtefactStore, ComputedPart, Manifest } from '@radiograft/artefact-store'
import type { AnyKind, ResolvedNode } from '@radiograft/pipeline'
import { Effect } from 'effect'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { debugBundle } from './debugBundle.ts'
import { BundleError, InputsMissingError, StageFailedError } from './errors.ts'
import { partsOf } from './Execution.ts'
import type { Execution, RunError } from './Execution.ts'
import type { Job } from './Job.ts'
import { followCourse } from './followCourse.ts'
import { describeInputs, jobInputs, provenanceOf } from './jobInputs.ts'
import { checkpointFolder, graphPlace, removeKeyFolders } from './keyFolders.ts'
import { newestCheckpoint } from './newestCheckpoint.ts'
import type { PlannedNode } from './Plan.ts'
import { inRunFolder } from './RunBook.ts'
import type { JobEnd } from './Worker.ts'

/** Where its checkpoints and graphs lie: none are shared by a stage that is computed again to be compared. */
const placeOf = (store: ArtefactStore['Service'], scratch: string, alone: boolean): string =>
  alone || store.plain.location === 'memory' ? join(scratch, 'alone') : store.plain.location

const failureOf = (
  node: ResolvedNode,
  job: Pick<Job, 'inputs'>,
  log: string,
  end: Exclude<JobEnd, { readonly _tag: 'done' }>,
  kept: StageFailedError['kept'],
): StageFailedError => {
  const failure = end._tag === 'failed' ? end : { name: 'Stopped', message: 'the process was asked to end', stack: '' }
  return new StageFailedError({
    node: node.label,
    stage: node.stage!.name,
    inputs: describeInputs(job.inputs),
    log,
    failure: { name: failure.name, message: failure.message, stack: failure.stack },
    ...(kept && { kept }),
  })
}

/**
 * With `kept`, the manifest that is there already, nothing is committed: what came out is held against it. The caller holds
 * the key's lock, else.
 */
export const computeStage: (
  run: Execution,
  planned: PlannedNode,
  key: string,
  reason: string,
  kept?: Manifest,
) => Effect.Effect<Manifest, RunError> = Effect.fnUntraced(function* (
  run: Execution,
  planned: PlannedNode,
  key: string,
  reason: string,
  kept?: Manifest,
) {
  const { plan, options, store, book, jobs, known, computed, whole, again } = run
  const { workspace, runtime, threads } = plan.options
  const { node } = planned
  const { label } = node
  const stage = node.stage!
  if (options.only && !options.only.has(label))
    return yield* Effect.fail(new InputsMissingError([...options.only], [label]))
  const bundle = plan.code.get(stage.entry.href)!
  const file = options.inspect
    ? yield* Effect.tryPromise({
        try: () => debugBundle(workspace, bundle),
        catch: (cause) =>
          cause instanceof BundleError ? cause : new BundleError(bundle.entry, String(cause), { cause }),
      })
    : bundle.file
  const parts = partsOf(run, node)
  const log = book.log(label)
  const logName = `logs/${log.slice(log.lastIndexOf('/') + 1)}`
  const part: Omit<ComputedPart, 'from'> = { run: book.id, label, fingerprint: plan.fingerprint }
  const alone = kept !== undefined
  const jobIn = (scratch: string): Job => ({
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
    scratch,
    store: store.plain.location,
    checkpoints: {
      folder: checkpointFolder(placeOf(store, scratch, alone), key),
      attempt: `${book.id.slice(0, 15)}-${book.id.slice(-4)}-${process.pid}`,
      part,
    },
    graphs: graphPlace(placeOf(store, scratch, alone), key, runtime),
    ...(options.inspect && { inspect: true }),
  })
  const began = new Date()
  const earlier = alone ? undefined : yield* Effect.promise(() => newestCheckpoint(store.plain.location, key))
  const first = earlier?.account.parts[0]
  book.tell({
    _tag: 'stage-start',
    label,
    key,
    reason,
    log,
    expected: planned.seconds,
    ...(earlier && first && { continues: { step: earlier.step, run: first.run, label: first.label } }),
  })
  let scratch = ''
  const { course, observe } = followCourse(run, label, () => scratch)
  // this process's, so that nothing stays of a child that is killed
  const end = yield* Effect.acquireUseRelease(
    inRunFolder(book.path, () => mkdtempSync(join(book.path, 'scratch-'))),
    (made) => jobs.run({ job: jobIn((scratch = made)), reusable: stage.resource !== 'compute', log, observe }),
    (made) => Effect.promise(() => rm(made, { recursive: true, force: true })),
  )
  if (end._tag !== 'done') {
    const last = alone ? undefined : run.kept.get(label)
    const at = last && { step: last.step, total: last.total, folder: checkpointFolder(store.plain.location, key) }
    const error = failureOf(node, { inputs: jobInputs(node, known) }, log, end, at)
    book.update(label, { status: 'failed', reason, key, log: logName })
    book.tell({ _tag: 'stage-failed', label, error: error.message, log })
    return yield* Effect.fail(error)
  }
  let manifest = kept
  if (kept)
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
  else {
    const { resumed } = course
    const committed = yield* store.commit({
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
      ...(resumed && { parts: [...resumed.account.parts, { from: resumed.step, ...part }] }),
      seconds: (resumed?.account.seconds ?? 0) + end.seconds,
      started: began.toISOString(),
      run: book.id,
      metrics: course.metrics,
    })
    manifest = committed.manifest
    if (committed.won) for (const artefact of Object.values(manifest.outputs)) whole.add(artefact.digest)
    yield* Effect.promise(() => removeKeyFolders(store.plain.location, key))
  }
  run.kept.delete(label)
  computed.add(label)
  book.update(label, { status: 'computed', reason, key, seconds: end.seconds, log: logName })
  book.tell({ _tag: 'stage-done', label, key, hit: false, seconds: end.seconds })
  return manifest!
})
