// Effect behind one file: an effect over a store → a promise that rejects with the error itself, or with `Interrupted`.
import { ArtefactStore } from '@radiograft/artefact-store'
import type { Store } from '@radiograft/artefact-store'
import { Cause, Effect, Exit } from 'effect'
import { Interrupted } from './untilStopped.ts'

export { Interrupted }

export const runEffect = async <A, E>(
  effect: Effect.Effect<A, E, ArtefactStore>,
  store: Store,
  signal: AbortSignal,
): Promise<A> => {
  const provided = Effect.provideService(effect, ArtefactStore, ArtefactStore.over(store))
  const exit = await Effect.runPromiseExit(provided, { signal })
  if (Exit.isSuccess(exit)) return exit.value
  if (signal.aborted) throw new Interrupted()
  throw Cause.squash(exit.cause)
}
