// A signal ends what has nothing to save at once: reading a pipeline, checking folders, planning. What has something to save
// listens for the signal itself, ends in its own time, and says how.
import { getEventListeners } from 'node:events'

/** The run was stopped by a signal. */
export class Interrupted extends Error {
  readonly _tag = 'Interrupted'
  constructor() {
    super('interrupted')
    this.name = 'Interrupted'
  }
}

/** Exit codes as shells give them: 128 and the number of the signal. SIGPIPE: the reader of stdout is gone. */
const codes: Readonly<Record<string, number>> = { SIGHUP: 129, SIGINT: 130, SIGPIPE: 141, SIGTERM: 143 }

/** `reason`: of the aborted signal, which is the name of the one that came. */
export const stopCode = (reason: unknown): number => codes[String(reason)] ?? 130

/** Settles as `work` does; rejects with `Interrupted` when a signal comes while nobody else listens for one. */
export const untilStopped = <A>(work: () => Promise<A>, signal: AbortSignal): Promise<A> =>
  new Promise((settle, fail) => {
    if (signal.aborted) return fail(new Interrupted())
    const ask = (): void => {
      if (getEventListeners(signal, 'abort').length === 0) fail(new Interrupted())
    }
    signal.addEventListener('abort', ask, { once: true })
    work()
      .then(settle, fail)
      .finally(() => signal.removeEventListener('abort', ask))
  })
