// Damage heals: before a stage reads a blob its every byte is checked; when it is damaged its manifest is put aside and the
// stage that made it is computed again, inputs first.
import { Effect, Semaphore } from 'effect'
import type { ResolvedNode } from '@radiograft/pipeline'
import { computeStage } from './computeStage.ts'
import { sourcesOf } from './Execution.ts'
import type { Execution, RunError } from './Execution.ts'
import { holdKey } from './holdKey.ts'
import type { PlannedNode } from './Plan.ts'

export interface Healer {
  /** Checks every byte of an artefact of a node, and computes the node again when it is damaged. */
  readonly heal: (identity: string, port: string) => Effect.Effect<void, RunError>
  /** Of all that a node reads. */
  readonly healInputs: (node: ResolvedNode) => Effect.Effect<void, RunError>
}

export const makeHealer = (run: Execution): Healer => {
  const { plan, store, known, whole, slots, byIdentity } = run
  /** one healer a node: its ports are checked one after another */
  const locks = new Map(plan.nodes.map(({ node }) => [node.identity, Semaphore.makeUnsafe(1)]))

  const heal = (identity: string, port: string): Effect.Effect<void, RunError> =>
    locks.get(identity)!.withPermits(1)(
      Effect.gen(function* () {
        const { key, outputs } = known.get(identity)!
        if (whole.has(outputs[port]!.digest)) return
        if (!(yield* store.check(outputs[port]!, true))) return void whole.add(outputs[port]!.digest)
        const planned = byIdentity.get(identity)!
        yield* holdKey(run, planned.node.label, key, healHeld(planned, key, port))
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
    known.set(identity, yield* slots[stage!.resource].withPermits(1)(computeStage(run, planned, key, reason)))
  })
  const healInputs = Effect.fnUntraced(function* (node: ResolvedNode): Effect.fn.Return<void, RunError> {
    for (const ref of sourcesOf(node)) yield* heal(ref.node.identity, ref.port)
  })
  return { heal, healInputs }
}
