// Earlier runs of this workspace that a server has not wholly: sent in the background while a new one goes on, so that
// nothing stays away, or is shown as running, for ever.
import type { MlflowOptions } from '@radiograft/mlflow'
import { isUnsent, syncRun } from '@radiograft/mlflow/tracking'
import { join } from 'node:path'
import { runIds } from '../files/runFolders.ts'
import { runPrivacy } from './runPrivacy.ts'

/** Runs looked at: the newest. `radiograft sync` looks at all. */
const mostRuns = 50

export interface ReapGiven {
  readonly runs: string
  readonly uri: string
  readonly options: MlflowOptions
  /** the run that has just begun */
  readonly except: string
  readonly signal: AbortSignal
}

/** Answers whether the server is there for the next one: a run that it will not take must not keep the older ones here. */
const reap = async (folder: string, { runs, uri, options, signal }: ReapGiven): Promise<boolean> => {
  try {
    if (await isUnsent(folder, uri))
      await syncRun({ folder, runs, uri, options, privacyOf: (record, at) => runPrivacy(record, at), signal, tries: 1 })
    return true
  } catch (error) {
    return (error as { readonly _tag?: string })._tag !== 'MlflowUnavailableError'
  }
}

/** Never rejects: what could not be sent comes at the next run, or by `radiograft sync`. */
export const reapRuns = async (given: ReapGiven): Promise<void> => {
  for (const id of runIds(given.runs).slice(0, mostRuns)) {
    if (given.signal.aborted) return
    if (id !== given.except && !(await reap(join(given.runs, id), given))) return
  }
}
