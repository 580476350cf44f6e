// One writer a key, across processes: whoever computes a key holds its lock, and who comes second waits for it.
import { Effect, Option } from 'effect'
import type { StoreError } from '@radiograft/artefact-store'
import type { Execution } from './Execution.ts'

/** Milliseconds between two looks at a lock that another process holds. */
const lookEvery = 200

/** Does a work on a key while no other process does; waits for one that does. */
export const holdKey: <A, E>(
  run: Execution,
  label: string,
  key: string,
  work: Effect.Effect<A, E>,
) => Effect.Effect<A, E | StoreError> = Effect.fnUntraced(function* <A, E>(
  { store, book }: Execution,
  label: string,
  key: string,
  work: Effect.Effect<A, E>,
) {
  for (let told = false; ; told = true) {
    const done = yield* Effect.acquireUseRelease(
      store.lock(key),
      (lock) => (lock ? Effect.asSome(work) : Effect.succeedNone),
      (lock) => Effect.promise(async () => lock?.release()),
    )
    if (Option.isSome(done)) return done.value
    if (!told) book.tell({ _tag: 'log', label, message: 'another run computes this now: waiting for its result' })
    yield* Effect.sleep(lookEvery)
  }
})
