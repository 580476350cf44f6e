// Settles a node: found in the store, or computed under its key's lock, where the store is asked once more.
import type { KeyParts, Manifest } from '@radiograft/artefact-store'
import { Effect } from 'effect'
import { computeStage } from './computeStage.ts'
import { partsOf } from './Execution.ts'
import type { Execution, RunError } from './Execution.ts'
import { explainMiss } from './explainMiss.ts'
import type { Healer } from './healInputs.ts'
import { holdKey } from './holdKey.ts'
import { lookUp } from './lookUp.ts'
import type { PlannedNode } from './Plan.ts'
import { stageKey } from './stageKey.ts'

const tellHit = ({ book }: Execution, label: string, manifest: Manifest): Manifest => {
  const { key, seconds, run, metrics } = manifest
  book.update(label, { status: 'hit', key, seconds })
  book.tell({ _tag: 'stage-done', label, key, hit: true, seconds, from: { run, metrics } })
  return manifest
}

/** Under the key's lock: another run may have finished it meanwhile. */
const computeHeld = Effect.fnUntraced(function* (
  run: Execution,
  planned: PlannedNode,
  parts: KeyParts,
  key: string,
): Effect.fn.Return<Manifest, RunError> {
  const { store, plan, slots, book } = run
  const { node, status } = planned
  const stage = node.stage!
  const found = yield* lookUp(store, key)
  if (found._tag === 'found') return tellHit(run, node.label, found.manifest)
  if (found._tag === 'faulty') yield* store.supersede(key)
  const earlier = (manifest: Manifest): boolean => manifest.run !== book.id
  const why =
    found._tag === 'faulty'
      ? found.reason
      : status._tag === 'miss' && status.key === key
        ? status.reason
        : explainMiss(
            node.id,
            parts,
            plan.code.get(stage.entry.href)!,
            (yield* store.ofStage(stage.name)).filter(earlier),
          ).reason
  return yield* slots[stage.resource].withPermits(1)(computeStage(run, planned, key, why))
})

/** What it reads must be there. */
export const settleStage: (run: Execution, healer: Healer, planned: PlannedNode) => Effect.Effect<void, RunError> =
  Effect.fnUntraced(function* (run: Execution, { healInputs }: Healer, planned: PlannedNode) {
    const { store, options, known, slots, book } = run
    const { node, status } = planned
    const stage = node.stage!
    const key = stageKey(partsOf(run, node))
    // the plan's own answer where it had one: its blobs were checked a moment ago
    const found =
      status._tag === 'hit' && status.key === key
        ? ({ _tag: 'found', manifest: status.manifest } as const)
        : yield* lookUp(store, key)
    if (found._tag === 'found' && options.again === true && options.only?.has(node.label)) {
      yield* healInputs(node)
      const once = computeStage(run, planned, key, 'computed again to be compared with what is kept', found.manifest)
      known.set(node.identity, yield* slots[stage.resource].withPermits(1)(once))
    } else if (found._tag === 'found') known.set(node.identity, tellHit(run, node.label, found.manifest))
    else {
      // inputs that had to be computed anew may have other bytes, on another machine say, and this node then another key
      yield* healInputs(node)
      const parts = partsOf(run, node)
      const now = stageKey(parts)
      known.set(node.identity, yield* holdKey(run, node.label, now, computeHeld(run, planned, parts, now)))
      yield* book.save
    }
  })
