// Sends what a server has not yet of a run that is over, or of one that goes on without a sender. Used by `radiograft sync`,
// and at the start of a tracked run for earlier ones.
import { MlflowUnavailableError } from '../errors.ts'
import { makeMlflowClient } from '../MlflowClient.ts'
import type { MlflowOptions } from '../MlflowOptions.ts'
import { endDeadRun } from './endDeadRun.ts'
import { journalEnd, unreadableLines } from './Journal.ts'
import { openSender, takeRun } from './openSender.ts'
import { pipeline } from './Operation.ts'
import { settleRunBeside } from './settleRun.ts'
import { soundRecord } from './soundRecord.ts'
import type { TrackingGiven } from './startTracking.ts'
import { isWithheld, stateToGoOn } from './stateToGoOn.ts'
import { readState, stateFor, writeState } from './TrackingState.ts'

export interface SyncGiven extends TrackingGiven {
  readonly signal?: AbortSignal
  /** bytes of the journal that were sent, and all there are */
  readonly onProgress?: (sent: number, total: number) => void
  /** where the run's artefacts are, if not where run.json says: it was copied from another machine */
  readonly store?: string | undefined
  /** tries of each piece before the server counts as away. @default 4 */
  readonly tries?: number
}

/** Of a run that is over. */
interface SyncedRun {
  readonly address: string
  /** what the server would not take, in its words */
  readonly refused: ReadonlyArray<string>
  /** report and figures stayed here: the store that knows whom they must not name is not where it was looked for */
  readonly withheld: boolean
  /** lines of the journal that say nothing: damaged, or torn by a process that was killed */
  readonly unreadable: number
}

export type Synced =
  /** `anew`: it had been there, and the server has it no more */
  | ({ readonly _tag: 'sent'; readonly anew: boolean } & SyncedRun)
  /** nothing was missing, but for what is withheld */
  | { readonly _tag: 'complete'; readonly withheld: boolean }
  /** it goes on: what it has written so far is there */
  | { readonly _tag: 'running'; readonly address: string | undefined }
  /** another process sends it at the moment */
  | { readonly _tag: 'busy' }

/** Milliseconds in which a server gives its first answer. */
const firstAnswer = 10_000

/** A server that takes connections and says nothing is not waited for as long as one that is slow now and then. */
const checkAnswers = async (uri: string, options: MlflowOptions): Promise<void> => {
  const timeout = Math.min(options.timeout ?? firstAnswer, firstAnswer)
  const asked = makeMlflowClient(uri, { ...options, retries: 0, timeout }).version()
  await asked.catch((error: unknown) => {
    // whatever else is wrong shows in what is sent, which has its tries
    if (error instanceof MlflowUnavailableError && error.reason === 'timeout') throw error
    options.signal?.throwIfAborted()
  })
}

/** Rejects with the client's errors, when the server cannot be reached or will not take anything. */
export const syncRun = async (given: SyncGiven): Promise<Synced> => {
  const { folder, uri, experiment, privacyOf, store, signal, onProgress = () => {}, tries = 4 } = given
  const options: MlflowOptions = { longValues: 'cut', ...given.options, ...(signal && { signal }) }
  const record = await soundRecord(folder)
  const lock = await takeRun(folder)
  if (!lock) return { _tag: 'busy' }
  try {
    const over = await endDeadRun(folder)
    await checkAnswers(uri, options)
    const client = makeMlflowClient(uri, { ...options, retries: tries - 1 })
    const privacy = privacyOf(record, folder)
    const before = stateFor(await readState(folder), record.run, client.uri)
    const checked = before && (await stateToGoOn({ client, folder, privacy, state: before }))
    if (checked && checked.state !== before) await writeState(folder, checked.state)
    if (checked?.state.closed) return { _tag: 'complete', withheld: checked.state.withheld === true }

    const settleRun = settleRunBeside(given, syncRun, signal)
    const sender = await openSender({
      client,
      folder,
      privacyOf: () => privacy,
      experiment,
      store,
      meant: false,
      settleRun,
    })
    const total = (await journalEnd(folder))?.size ?? 0
    for (let reached = ''; reached !== 'end';) {
      onProgress(sender.state().acknowledged, total)
      signal?.throwIfAborted()
      reached = await sender.step(over)
    }
    const state = sender.state()
    onProgress(state.acknowledged, total)
    const address = sender.address()
    if (!state.closed) return { _tag: 'running', address }
    const id = state.runs[pipeline]
    // nothing that a server could show was in its journal
    if (id === undefined || address === undefined) return { _tag: 'complete', withheld: false }
    const withheld = await isWithheld(client, id)
    if (withheld !== (state.withheld === true)) await writeState(folder, { ...state, withheld })
    const unreadable = await unreadableLines(folder, state.acknowledged)
    return { _tag: 'sent', anew: checked?.why === 'gone', address, refused: state.refused, withheld, unreadable }
  } finally {
    await lock.release()
  }
}
