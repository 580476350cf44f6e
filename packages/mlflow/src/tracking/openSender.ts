// A sender for a run folder, under the lock that lets one process send it: what startTracking and syncRun begin with.
import { fileLocks, readRunRecord } from '@radiograft/artefact-store'
import type { Lock, RunRecord } from '@radiograft/artefact-store'
import { rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { MlflowClient } from '../MlflowClient.ts'
import type { Privacy } from './Privacy.ts'
import { makeSender } from './Sender.ts'
import type { Sender } from './Sender.ts'
import { freshState, readState, stateFor, writeState } from './TrackingState.ts'

/** Undefined while another process sends this run. */
export const takeRun = async (folder: string): Promise<Lock | undefined> => {
  const lock = await fileLocks(folder).take('mlflow')
  return (
    lock && {
      release: async () => {
        await lock.release()
        // the folder of locks is ours alone
        await rmdir(join(folder, 'locks')).catch(() => {})
      },
    }
  )
}

/** What MLflow takes as the name of an experiment. */
const longestName = 500
const usable = (name: string | undefined): string | undefined =>
  name !== undefined && name.length <= longestName ? name : undefined

export interface SenderToOpen {
  readonly client: MlflowClient
  readonly folder: string
  readonly privacyOf: (record: RunRecord, folder: string) => Privacy
  /** @default the pipeline's name */
  readonly experiment?: string | undefined
  readonly store?: string | undefined
  /**
   * Whether the run is meant for this server from now on, though it may never answer: it is then among what `radiograft
   * sync` sends. Otherwise the server is written down with the first piece that it took. @default true
   */
  readonly meant?: boolean
  /** The run was begun just now: unless something of it was sent, no server has any of it. @default false */
  readonly begun?: boolean
  readonly settleRun: (run: string) => Promise<void>
}

/** Goes on where an earlier sender stopped with the same server. */
export const openSender = async (given: SenderToOpen): Promise<Sender> => {
  const { client, folder, privacyOf, experiment, store, meant = true, begun = false, settleRun } = given
  const record = await readRunRecord(folder)
  const known = await readState(folder)
  const before = stateFor(known, record.run, client.uri)
  const wanted = experiment ?? usable(before?.experiment) ?? record.pipeline
  const fresh = freshState(record.run, client.uri, wanted, known)
  // a name that no server has taken yet can still be corrected
  const state = before?.experimentId === null ? { ...before, experiment: wanted } : (before ?? fresh)
  if (!before && meant) await writeState(folder, state)
  const isNew = begun && known?.run !== record.run
  return makeSender({ client, folder, privacy: privacyOf(record, folder), state, store, isNew, settleRun })
}
