// A run as `radiograft run` has it tracked: which server, what is told at the end. Loaded only where MLFLOW_TRACKING_URI is set.
import { makeMlflowClient, mlflowOptionsOfEnv, MlflowValueError } from '@radiograft/mlflow'
import type { MlflowOptions } from '@radiograft/mlflow'
import { startTracking } from '@radiograft/mlflow/tracking'
import type { Tracked, Tracking } from '@radiograft/mlflow/tracking'
import { basename } from 'node:path'
import { reapRuns } from './reapRuns.ts'
import { commandLine } from '../text/commandLine.ts'
import { runPrivacy } from './runPrivacy.ts'
import { UsageError } from '../UsageError.ts'
import type { Environment } from './trackingUri.ts'

/** Nothing of it throws or rejects: a run is not lost because it could not be tracked. */
export interface RunTracking {
  /** @param id the run's name, its folder's name among the runs @param folder where it lies */
  readonly start: (id: string, folder: string) => void
  /** The lines to print. `signal`: once it is aborted, nobody should wait long. `say`: is told when it takes a while. */
  readonly finish: (signal: AbortSignal, say: (line: string) => void) => Promise<ReadonlyArray<string>>
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

/** Milliseconds after which a wait is explained. */
const longWait = 1000

/** Throws `UsageError` for what no request could be made of. */
const checkClient = (uri: string, options: MlflowOptions): void => {
  try {
    makeMlflowClient(uri, options)
  } catch (error) {
    if (error instanceof MlflowValueError) throw new UsageError(`runs cannot be tracked: ${error.message}`)
    throw error
  }
}

/** Throws `UsageError` for an address or credentials that are none. */
export const runTracking = (uri: string, env: Environment, runs: string): RunTracking => {
  const options = mlflowOptionsOfEnv(env)
  checkClient(uri, options)
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
      runs,
      uri,
      options,
      ...(experiment !== undefined && experiment !== '' && { experiment }),
      privacyOf: (record, at) => runPrivacy(record, at),
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
    finish: async (signal, say) => {
      let lines: ReadonlyArray<string> = []
      const telling = setTimeout(() => {
        if (!signal.aborted) say('sending to MLflow; Ctrl-C leaves the rest for sync')
      }, longWait)
      try {
        lines = await end(signal)
      } catch (error) {
        failed(error)
      } finally {
        clearTimeout(telling)
      }
      return failure === undefined ? lines : [...lines, `mlflow   not tracked to its end: ${failure}`]
    },
  }
}
