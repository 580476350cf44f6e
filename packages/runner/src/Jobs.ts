// Runs jobs: each in a child process, or all of them in this one. Interruption asks for an end and waits until it has come.
import type { ArtefactStore } from '@radiograft/artefact-store'
import { canonicalJson, parseCanonicalJson } from '@radiograft/pipeline'
import { Effect } from 'effect'
import { appendFileSync } from 'node:fs'
import { childBundle } from './childBundle.ts'
import type { Job, JobEvent } from './Job.ts'
import { runJob } from './runJob.ts'
import { makeWorkers } from './Workers.ts'
import type { Workers } from './Workers.ts'
import type { JobEnd } from './Worker.ts'
import type { Workspace } from './Workspace.ts'

interface JobGiven {
  readonly job: Job
  /** another may follow in the same process */
  readonly reusable: boolean
  /** absolute path of the log */
  readonly log: string
  readonly observe: (event: JobEvent) => void
}

export interface Jobs {
  readonly run: (given: JobGiven) => Effect.Effect<JobEnd>
  /** Ends all processes. */
  readonly stop: Effect.Effect<void>
}

/** Runs a job here, without a process: what the entry itself prints goes where this process prints, its messages to the log. */
const runHere = async (
  { job, log, observe }: JobGiven,
  store: ArtefactStore['Service'],
  signal: AbortSignal,
): Promise<JobEnd> => {
  const keep = (text: string): void => {
    try {
      appendFileSync(log, `${text}\n`)
    } catch {
      // as in a child: a log that cannot be written is no reason to lose the result
    }
  }
  const noted = (event: JobEvent): void => {
    if (event._tag === 'log' || event._tag === 'warning') keep(event.message)
    observe(event)
  }
  try {
    // as it would go down to a child: the order of columns, and with it every byte, follows the order of keys
    const sent = parseCanonicalJson(canonicalJson(job)) as Job
    return { _tag: 'done', ...(await runJob(sent, store.plain.blobs, noted, signal)) }
  } catch (cause) {
    const error = cause instanceof Error ? cause : new Error(String(cause))
    keep(error.stack ?? error.message)
    return { _tag: 'failed', name: error.name, message: error.message, stack: error.stack ?? '' }
  }
}

export const hereJobs = (store: ArtefactStore['Service'], grace: number): Jobs => ({
  run: (given) =>
    Effect.callback<JobEnd>((resume, signal) => {
      let late = (): void => {}
      let timer: NodeJS.Timeout | undefined
      /** as a child is given it: to finish its step, and once more to save */
      const wait = (): void => {
        clearTimeout(timer)
        timer = setTimeout(() => late(), grace)
      }
      const observe = (event: JobEvent): void => {
        if (event._tag === 'saving' && timer) wait()
        given.observe(event)
      }
      const running = runHere({ ...given, observe }, store, signal)
      void running.then((end) => resume(Effect.succeed(end)))
      return Effect.promise(async () => {
        const given_up = new Promise<void>((settle) => (late = settle))
        wait()
        await Promise.race([running, given_up])
        clearTimeout(timer)
      })
    }),
  stop: Effect.void,
})

export const childJobs = (
  workspace: Workspace,
  { threads, grace }: { readonly threads: number; readonly grace: number },
): Jobs => {
  let workers: Promise<Workers> | undefined
  const start = (): Promise<Workers> =>
    (workers ??= childBundle(workspace).then((bundle) =>
      makeWorkers(bundle, { RADIOGRAFT_THREADS: String(threads), TF_CPP_MIN_LOG_LEVEL: '2' }, grace),
    ))
  return {
    run: ({ job, reusable, log, observe }) =>
      Effect.callback<JobEnd>((resume) => {
        let stop: () => Promise<void> = async () => {}
        start()
          .then((pool) => pool.run(job, { reusable, log, observe, onStart: (how) => (stop = how) }))
          .then(
            (end) => resume(Effect.succeed(end)),
            (cause: unknown) => resume(Effect.die(cause)),
          )
        return Effect.promise(() => stop())
      }),
    stop: Effect.promise(async () => {
      const pool = await workers?.catch(() => undefined)
      await pool?.stop()
    }),
  }
}
