// Sends what a server has not yet of a run that is over, or of one that goes on without a sender. Used by `radiograft sync`,
// and at the start of a tracked run for earlier ones.
import { makeMlflowClient } from '../MlflowClient.ts'
import { endDeadRun } from './endDeadRun.ts'
import { journalEnd } from './Journal.ts'
import { openSender, takeRun } from './openSender.ts'
import type { TrackingGiven } from './startTracking.ts'
import { readState, stateFor } from './TrackingState.ts'

export interface SyncGiven extends TrackingGiven {
  readonly signal?: AbortSignal
  /** bytes of the journal that were sent, and all there are */
  readonly onProgress?: (sent: number, total: number) => void
  /** where the run's artefacts are, if not where run.json says: it was copied from another machine */
  readonly store?: string | undefined
  /** tries of each piece before the server counts as away. @default 4 */
  readonly tries?: number
}

export type Synced =
  | { readonly _tag: 'sent'; readonly address: string; readonly refused: ReadonlyArray<string> }
  /** nothing was missing */
  | { readonly _tag: 'complete' }
  /** it goes on: what it has written so far is there */
  | { readonly _tag: 'running'; readonly address: string | undefined }
  /** another process sends it at the moment */
  | { readonly _tag: 'busy' }

/** Whether a run was meant for a server and is not all there: what is sent without being asked for by name. */
export const isUnsent = async (folder: string, uri: string): Promise<boolean> => {
  const known = await readState(folder)
  const state = known && stateFor(known, known.run, makeMlflowClient(uri).uri)
  return state !== undefined && !state.closed
}

/** Rejects with the client's errors, when the server cannot be reached or will not take anything. */
export const syncRun = async (given: SyncGiven): Promise<Synced> => {
  const { folder, uri, experiment, privacyOf, store, options = {}, signal, onProgress = () => {}, tries = 4 } = given
  const lock = await takeRun(folder)
  if (!lock) return { _tag: 'busy' }
  try {
    const over = await endDeadRun(folder)
    const client = makeMlflowClient(uri, {
      longValues: 'cut',
      ...options,
      retries: tries - 1,
      ...(signal && { signal }),
    })
    const sender = await openSender({ client, folder, privacyOf, experiment, store, meant: false })
    if (sender.state().closed) return { _tag: 'complete' }
    const total = (await journalEnd(folder))?.size ?? 0
    for (let reached = ''; reached !== 'end';) {
      onProgress(sender.state().acknowledged, total)
      signal?.throwIfAborted()
      reached = await sender.step(over)
    }
    onProgress(sender.state().acknowledged, total)
    const address = sender.address()
    const { closed, refused } = sender.state()
    if (!closed) return { _tag: 'running', address }
    // a run that was killed before its first line has nothing to show
    return address === undefined ? { _tag: 'complete' } : { _tag: 'sent', address, refused }
  } finally {
    await lock.release()
  }
}
