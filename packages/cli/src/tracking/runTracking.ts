// A run as `radiograft run` has it tracked: which server, what is told at the end. Loaded only where MLFLOW_TRACKING_URI is set.
import { mlflowOptionsOfEnv } from '@radiograft/mlflow'
import { startTracking } from '@radiograft/mlflow/tracking'
import type { Tracked, Tracking } from '@radiograft/mlflow/tracking'
import { basename } from 'node:path'
import { reapRuns } from './reapRuns.ts'
import { runPrivacy } from './runPrivacy.ts'
import type { Environment } from './trackingUri.ts'

/** Milliseconds that a run which was stopped by its user waits for the server. */
const shortLimit = 2000

export interface RunTracking {
  /** @param id the run's name, its folder's name among the runs @param folder where it lies */
  readonly start: (id: string, folder: string) => void
  /** The line to print. @param stopped by a signal: nobody should wait long */
  readonly finish: (stopped: boolean) => Promise<ReadonlyArray<string>>
}

const firstLine = (text: string): string => text.split('\n')[0]!

export const trackedLines = (tracked: Tracked, id: string): ReadonlyArray<string> => {
  if (tracked._tag === 'kept') {
    const { points, reason } = tracked
    const kept = points === 0 ? 'the rest is kept' : `${points} ${points === 1 ? 'point is' : 'points are'} kept`
    return [`mlflow   ${kept}: radiograft sync ${id} sends ${points > 1 ? 'them' : 'it'} (${firstLine(reason)})`]
  }
  const { address, refused } = tracked
  return [
    `mlflow   ${address}`,
    ...(refused.length > 0 ? [`         the server refused ${refused.length}: ${firstLine(refused[0]!)}`] : []),
  ]
}

export const runTracking = (uri: string, env: Environment, runs: string): RunTracking => {
  const options = mlflowOptionsOfEnv(env)
  const experiment = env['MLFLOW_EXPERIMENT_NAME']?.trim()
  const stop = new AbortController()
  let run: { readonly id: string; readonly tracking: Tracking; readonly reaped: Promise<void> } | undefined
  return {
    start: (id, folder) => {
      const tracking = startTracking({
        folder,
        uri,
        options,
        ...(experiment !== undefined && experiment !== '' && { experiment }),
        privacyOf: (record) => runPrivacy(record, folder),
      })
      run = { id, tracking, reaped: reapRuns({ runs, uri, options, except: id, signal: stop.signal }) }
    },
    finish: async (stopped) => {
      if (!run) return []
      const tracked = await run.tracking.finish(stopped ? shortLimit : undefined)
      stop.abort()
      await run.reaped
      return trackedLines(tracked, basename(run.id))
    },
  }
}
