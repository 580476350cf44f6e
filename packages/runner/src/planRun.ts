// Plans a run: the key of every stage whose inputs are known, what is there already, and why the rest is not.
import { ArtefactStore } from '@radiograft/artefact-store'
import type { Manifest, StoreError } from '@radiograft/artefact-store'
import type { ResolvedNode, ResolvedPipeline } from '@radiograft/pipeline'
import { Effect } from 'effect'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import { datasetDigest } from './datasetDigest.ts'
import { BundleError, DatasetError } from './errors.ts'
import { explainMiss } from './explainMiss.ts'
import { inputDigests } from './inputDigests.ts'
import { lookUp } from './lookUp.ts'
import { newestCheckpoint } from './newestCheckpoint.ts'
import type { NewestCheckpoint } from './newestCheckpoint.ts'
import type { NodeStatus, Plan, PlannedCheckpoint, PlannedNode, RunOptions } from './Plan.ts'
import { loadStageCode } from './loadStageCode.ts'
import { secondsLeft, shareDone } from './secondsLeft.ts'
import { keyParts, stageKey } from './stageKey.ts'

export type PlanError = StoreError | BundleError | DatasetError

/** The folder that remembers digests of files and of file graphs; none beside a store in memory. */
const memoryOf = (store: ArtefactStore['Service']): string | undefined =>
  store.plain.location === 'memory' ? undefined : join(store.plain.location, 'memory')

const plannedCheckpoint = (newest: NewestCheckpoint | undefined): PlannedCheckpoint | undefined => {
  if (!newest) return undefined
  const { step, account } = newest
  const total = account.total ?? undefined
  const share = shareDone(step, account)
  return { step, total, secondsLeft: share && secondsLeft({ share, from: 0, seconds: account.seconds }) }
}

/** Nothing is computed and no artefact written. Fails when the store cannot be used, before any stage runs. */
export const planRun: (
  pipeline: ResolvedPipeline,
  options: RunOptions,
) => Effect.Effect<Plan, PlanError, ArtefactStore> = Effect.fnUntraced(function* (
  pipeline: ResolvedPipeline,
  given: RunOptions,
) {
  const store = yield* ArtefactStore
  yield* store.probe
  const options = {
    runtime: { backend: 'tensorflow', version: 'unknown', precision: 'fp32' as const },
    threads: availableParallelism(),
    ...given,
  }
  const memory = memoryOf(store)
  const datasets: Record<string, string> = {}
  for (const node of pipeline.nodes)
    if (node.dataset) {
      const { name, value } = node.dataset
      datasets[name] = yield* Effect.tryPromise({
        try: () => datasetDigest(value, memory),
        catch: (cause) =>
          cause instanceof DatasetError ? cause : new DatasetError(value.root, String(cause), { cause }),
      })
    }
  const stages = pipeline.nodes.filter((node) => node.stage !== undefined)
  const code = yield* Effect.tryPromise({
    try: () =>
      loadStageCode(
        options.workspace,
        stages.map((node) => node.stage!.entry),
        memory === undefined ? undefined : join(memory, 'code'),
      ),
    catch: (cause) => (cause instanceof BundleError ? cause : new BundleError('(several)', String(cause), { cause })),
  })

  const known = new Map<string, Manifest>()
  const histories = new Map<string, ReadonlyArray<Manifest>>()
  const historyOf = Effect.fnUntraced(function* (stage: string) {
    const before = histories.get(stage)
    if (before) return before
    const history = yield* store.ofStage(stage)
    histories.set(stage, history)
    return history
  })
  const waitsFor = new Map<string, string>()
  const statusOf = Effect.fnUntraced(function* (node: ResolvedNode) {
    const stage = node.stage!
    const until = Object.values(node.inputs)
      .flat()
      .map((ref) => waitsFor.get(ref.node.identity))
      .find((label) => label !== undefined)
    if (until !== undefined) {
      waitsFor.set(node.identity, until)
      const history = yield* historyOf(stage.name)
      const earlier = history.find((manifest) => manifest.node === node.id) ?? history[0]
      return { status: { _tag: 'unknown', until } satisfies NodeStatus, seconds: earlier?.seconds }
    }
    const bundle = code.get(stage.entry.href)!
    const inputs = inputDigests(node, datasets, known)
    const { params } = node
    const parts = keyParts({ stage, code: bundle, runtime: options.runtime, params, inputs, seed: pipeline.seed })
    const key = stageKey(parts)
    const found = yield* lookUp(store, key)
    if (found._tag === 'found') {
      known.set(node.identity, found.manifest)
      return {
        status: { _tag: 'hit', key, manifest: found.manifest } satisfies NodeStatus,
        seconds: found.manifest.seconds,
      }
    }
    waitsFor.set(node.identity, node.label)
    const { reason, earlier } = explainMiss(node.id, parts, bundle, yield* historyOf(stage.name))
    const why = found._tag === 'faulty' ? found.reason : reason
    const checkpoint = plannedCheckpoint(yield* Effect.promise(() => newestCheckpoint(store.plain.location, key)))
    return {
      status: { _tag: 'miss', key, parts, reason: why, ...(checkpoint && { checkpoint }) } satisfies NodeStatus,
      seconds: checkpoint?.secondsLeft ?? earlier?.seconds,
    }
  })

  const nodes: PlannedNode[] = []
  for (const node of stages) nodes.push({ node, ...(yield* statusOf(node)) })
  const of = (tag: NodeStatus['_tag']): ReadonlyArray<PlannedNode> => nodes.filter(({ status }) => status._tag === tag)
  const open = nodes.filter(({ status }) => status._tag !== 'hit')
  return {
    pipeline,
    nodes,
    counts: { hit: of('hit').length, miss: of('miss').length, unknown: of('unknown').length },
    seconds: open.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0),
    untimed: open.filter(({ seconds }) => seconds === undefined).length,
    datasets,
    code,
    options,
    fingerprint: {
      cpu: cpus()[0]?.model ?? 'unknown',
      threads: options.threads,
      arch: process.arch,
      platform: process.platform,
      ...(options.runtime.kernels !== undefined && { kernels: options.runtime.kernels }),
    },
  }
})
