// An earlier run whose stage goes on in another: what is unsent of it is sent first, its end with it. Only then its stage's run
// is taken over, so that nothing of it comes later and ends or repeats what goes on. Used by `startTracking` and `syncRun`.
import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { TrackingGiven } from './startTracking.ts'
import { isUnsent } from './isUnsent.ts'

/** Another process sends it at the moment: try again. */
export class EarlierRunBusyError extends Error {
  readonly _tag = 'EarlierRunBusyError'
  readonly run: string
  constructor(run: string) {
    super(`what is unsent of the earlier run ${run} is being sent by another process`)
    this.name = 'EarlierRunBusyError'
    this.run = run
  }
}

/**
 * Of a run that lies in the same folder of runs, was meant for this server and is not all there; any other is left alone.
 * Rejects with `EarlierRunBusyError`, and with the client's errors.
 * @param sync `syncRun`
 */
export const settleRunBeside =
  (
    { folder, runs = dirname(folder), uri, privacyOf, options }: TrackingGiven,
    sync: (
      given: TrackingGiven & { readonly tries: number; readonly signal?: AbortSignal },
    ) => Promise<{ readonly _tag: string }>,
    signal?: AbortSignal,
  ) =>
  async (run: string): Promise<void> => {
    // an id comes from a journal: never out of the folder of runs
    if (run !== basename(run) || run === '..') return
    const earlier = join(runs, run)
    if (!existsSync(join(earlier, 'run.json')) || !(await isUnsent(earlier, uri))) return
    const { _tag } = await sync({
      folder: earlier,
      runs,
      uri,
      privacyOf,
      ...(options && { options }),
      ...(signal && { signal }),
      tries: 1,
    })
    if (_tag === 'busy' || _tag === 'running') throw new EarlierRunBusyError(run)
  }
