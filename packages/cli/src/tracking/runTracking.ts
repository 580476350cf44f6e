// A run as `radiograft run` has it tracked: which server, what is told at the end. Loaded only where MLFLOW_TRACKING_URI is set.
import { mlflowOptionsOfEnv } from '@radiograft/mlflow'
import { startTracking } from '@radiograft/mlflow/tracking'
import type { Tracked, Tracking } from '@radiograft/mlflow/tracking'
import { basename } from 'node:path'
import { reapRuns } from './reapRuns.ts'
import { commandLine } from '../text/commandLine.ts'
import { runPrivacy } from './runPrivacy.ts'
import type { Environment } from './trackingUri.ts'

/** Nothing here throws or rejects: a run is not lost because it could not be tracked. */
export interface RunTracking {
  /** @param id the run's name, its folder's name among the runs @param folder where it lies */
  readonly start: (id: string, folder: string) => void
  /** The line to print. `signal`: once it is aborted, nobody should wait long. */
  readonly finish: (signal: AbortSignal) => Promise<ReadonlyArray<string>>
}

const firstLine = (text: string): string => text.split('\n')[0]!

export const trackedLines = (tracked: Tracked, id: string): ReadonlyArray<string> => {
  const { address } = tracked
  const notes: string[] = []
  if (tracked._tag === 'kept') {
    const { points, reason } = tracked
    const kept = points === 0 ? 'the rest is kept' : `${points} ${points === 1 ? 'point is' : 'points are'} kept`
    notes.push(`${kept}: ${commandLine(`sync ${id}`)} sends ${points > 1 ? 'them' : 'it'} (${firstLine(reason)})`)
  } else if (tracked.refused.length > 0)
    notes.push(`the server refused ${tracked.refused.length}: ${firstLine(tracked.refused[0]!)}`)
  const lines = [...(address === undefined ? [] : [address]), ...notes]
  return lines.map((line, i) => `${i === 0 ? 'mlflow   ' : '         '}${line}`)
}

export const runTracking = (uri: string, env: Environment, runs: string): RunTracking => {
  const options = mlflowOptionsOfEnv(env)
  const experiment = env['MLFLOW_EXPERIMENT_NAME']?.trim()
  const stop = new AbortController()
  let run: { readonly id: string; readonly tracking: Tracking; readonly reaped: Promise<void> } | undefined
  let failure: string | undefined
  const failed = (error: unknown): void => {
    failure ??= firstLine(error instanceof Error ? error.message : String(error))
  }
  const begin = (id: string, folder: string): void => {
    const tracking = startTracking({
      folder,
      uri,
      options,
      ...(experiment !== undefined && experiment !== '' && { experiment }),
      privacyOf: (record) => runPrivacy(record, folder),
    })
    run = { id, tracking, reaped: reapRuns({ runs, uri, options, except: id, signal: stop.signal }).catch(failed) }
  }
  const end = async (signal: AbortSignal): Promise<ReadonlyArray<string>> => {
    if (!run) return []
    // earlier runs have had their time: whoever waits now waits for this one
    stop.abort()
    const tracked = await run.tracking.finish(undefined, signal)
    await run.reaped
    return trackedLines(tracked, basename(run.id))
  }
  return {
    start: (id, folder) => {
      try {
        begin(id, folder)
      } catch (error) {
        failed(error)
      }
    },
    finish: async (signal) => {
      let lines: ReadonlyArray<string> = []
      try {
        lines = await end(signal)
      } catch (error) {
        failed(error)
      }
      return failure === undefined ? lines : [...lines, `mlflow   not tracked to its end: ${failure}`]
    },
  }
}
