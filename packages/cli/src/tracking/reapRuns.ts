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

/** Never rejects: it comes at the next run, or by `radiograft sync`. */
export const reapRuns = async ({ runs, uri, options, except, signal }: ReapGiven): Promise<void> => {
  try {
    for (const id of runIds(runs).slice(0, mostRuns)) {
      if (signal.aborted) return
      const folder = join(runs, id)
      if (id === except || !(await isUnsent(folder, uri))) continue
      await syncRun({ folder, uri, options, privacyOf: (record) => runPrivacy(record, folder), signal, tries: 1 })
    }
  } catch {
    // the server is away, or a folder is gone
  }
}
