// Sends a run's journal to a tracking server while the run goes on: reads it from the disk every few seconds, so that
// training never waits for a server and memory does not grow with what is unsent. Used by `radiograft run`.
import type { Lock, RunRecord } from '@radiograft/artefact-store'
import { join } from 'node:path'
import { MlflowUnavailableError } from '../errors.ts'
import { makeMlflowClient } from '../MlflowClient.ts'
import type { MlflowOptions } from '../MlflowOptions.ts'
import { pointsFrom } from './Journal.ts'
import { openSender, takeRun } from './openSender.ts'
import type { Privacy } from './Privacy.ts'
import type { Sender } from './Sender.ts'
import { EarlierRunBusyError, settleRunBeside } from './settleRun.ts'
import { syncRun } from './syncRun.ts'

export interface TrackingGiven {
  /** the run folder, with its run.json */
  readonly folder: string
  /** the folder of runs, where the earlier ones lie. @default the one that holds `folder` */
  readonly runs?: string
  /** the server, such as `http://127.0.0.1:5000` */
  readonly uri: string
  /** @default the pipeline's name */
  readonly experiment?: string | undefined
  /** @param folder of the run whose record it is: this one's, or an earlier one's whose stage goes on here */
  readonly privacyOf: (record: RunRecord, folder: string) => Privacy
  /** credentials and the like */
  readonly options?: MlflowOptions
}

/** How a run stands with the server. */
export type Tracked =
  /** all of it is there; some of it was refused, in the server's words */
  | { readonly _tag: 'sent'; readonly address: string; readonly refused: ReadonlyArray<string> }
  /** the rest is kept in the run folder, for `syncRun` */
  | { readonly _tag: 'kept'; readonly address: string | undefined; readonly points: number; readonly reason: string }

export interface Tracking {
  /**
   * To be called once, when all that belongs to the run is written. Sends the rest and waits while the server takes it, `limit`
   * milliseconds at most, two seconds once `hurry` is aborted, and not at all for a server that cannot be reached. Never
   * rejects.
   */
  readonly finish: (limit?: number, hurry?: AbortSignal) => Promise<Tracked>
}

/** Milliseconds between two looks at the journal, at least. */
const pace = 1000
/**
 * While stages compute, what sending takes is followed by so many times as long a rest: it, and a server on the same
 * machine, then have less than 2 % of two cores. Measured without it: 4.4 s of processor time in a stage of 41 s.
 */
const restFactor = 50
const longestRest = 15_000
/** Milliseconds of the longest wait between two tries. */
const longestWait = 30_000
/** Milliseconds in which a server that works has taken something. */
const patience = 4000
/** Milliseconds that a run's end waits for a server that works. */
const defaultLimit = 30_000
/** The same for a run that its user has stopped. */
const hurriedLimit = 2000

const isOfDisk = (error: unknown): error is NodeJS.ErrnoException =>
  /^E[A-Z]+$/.test((error as NodeJS.ErrnoException | undefined)?.code ?? '')

/** Whether another try may go better: a server that comes back, a disk that has room again. */
const mayPass = (error: unknown): boolean =>
  error instanceof MlflowUnavailableError || error instanceof EarlierRunBusyError || isOfDisk(error)

/** Whether the end of a run may wait for that: not for a server that says no, or is none. */
const isWorthWaiting = (error: unknown): boolean =>
  error instanceof EarlierRunBusyError ||
  (error instanceof MlflowUnavailableError && !['refused', 'host', 'answer'].includes(error.reason))

/** Answers at once; what fails is told by `finish`. */
export const startTracking = (given: TrackingGiven): Tracking => {
  const { folder, uri, experiment, privacyOf, options = {} } = given
  const stop = new AbortController()
  let lastAnswer = 0
  const ask = options.fetch ?? fetch
  const client = makeMlflowClient(uri, {
    longValues: 'cut',
    // the loop below has its own patience
    retries: 2,
    backoff: 100,
    timeout: 15_000,
    ...options,
    signal: stop.signal,
    fetch: async (...request) => {
      const answer = await ask(...request)
      if (answer.ok) lastAnswer = performance.now()
      return answer
    },
  })
  const settleRun = settleRunBeside(given, syncRun, stop.signal)
  let finishing = false
  let gaveUp = false
  let failure: unknown
  let nudged = false
  let wake = (): void => {}
  /** Cut short by `nudge`, also one that came just before. */
  const wait = async (milliseconds: number): Promise<void> => {
    if (!nudged)
      await new Promise<void>((go) => {
        const timer = setTimeout(go, milliseconds)
        wake = () => {
          clearTimeout(timer)
          go()
        }
      })
    nudged = false
  }
  const nudge = (): void => {
    nudged = true
    wake()
  }
  let sender: Sender | undefined
  let lock: Lock | undefined
  /** nobody else has been seen to send this run */
  let alone = true

  /** One try; answers how long to wait before the next, or undefined when there is nothing more to do. */
  const attempt = async (): Promise<number | undefined> => {
    lock ??= await takeRun(folder)
    if (!lock) {
      alone = false
      return pace
    }
    sender ??= await openSender({ client, folder, privacyOf, experiment, begun: alone, settleRun })
    // asked before the step: what is written while it runs is for the next one
    const withEnd = finishing
    const began = performance.now()
    const reached = await sender.step(withEnd)
    failure = undefined
    if (reached === 'end' && withEnd) return undefined
    const rest = Math.min(longestRest, (performance.now() - began) * restFactor)
    return finishing ? 0 : reached === 'more' ? rest : Math.max(pace, rest)
  }
  const loop = async (): Promise<void> => {
    for (let failures = 0; !gaveUp;) {
      let pause: number | undefined
      try {
        pause = await attempt()
        failures = 0
      } catch (error) {
        if (gaveUp) return
        failure = error
        // anything else would be refused again
        if (!mayPass(error) || (finishing && !isWorthWaiting(error))) return
        pause = Math.min(pace * 2 ** failures++, longestWait)
      }
      if (pause === undefined) return
      if (pause > 0) await wait(pause)
    }
  }
  const running = loop()

  /** @param silent milliseconds in which nothing was answered that was asked */
  const reasonOf = (silent: number): string => {
    // Node names no file when a disk is full
    if (isOfDisk(failure)) {
      const { path, message } = failure
      return path === undefined ? `${join(folder, 'mlflow.json')} cannot be written: ${message}` : message
    }
    if (failure instanceof Error) return failure.message
    if (silent < 1000) return 'there was no time left'
    return `the server at ${client.uri} did not answer for ${Math.floor(silent / 1000)} s`
  }

  return {
    finish: async (limit = defaultLimit, hurry) => {
      const began = performance.now()
      let until = began + limit
      const shorten = (): void => void (until = Math.min(until, performance.now() + hurriedLimit))
      if (hurry?.aborted) shorten()
      hurry?.addEventListener('abort', shorten, { once: true })
      finishing = true
      nudge()
      let over = false
      let silent = 0
      void running.then(() => (over = true))
      while (!over) {
        const now = performance.now()
        silent = now - Math.max(began, lastAnswer)
        if (now > until || silent > patience) break
        await Promise.race([running, new Promise((go) => setTimeout(go, 50))])
      }
      gaveUp = true
      stop.abort()
      nudge()
      await running
      await lock?.release().catch(() => {})
      hurry?.removeEventListener('abort', shorten)
      const state = sender?.state()
      const address = sender?.address()
      if (state?.closed === true && address !== undefined) return { _tag: 'sent', address, refused: state.refused }
      const points = await pointsFrom(folder, state?.acknowledged ?? 0).catch(() => 0)
      return {
        _tag: 'kept',
        address,
        points,
        reason: reasonOf(silent),
      }
    },
  }
}
