// One child process that computes stages, one after another. Jobs go to its stdin, events come on descriptor 3, its stdout
// and stderr go to the log of the stage that it computes. It dies with this process: its stdin then ends.
import { canonicalJson, parseCanonicalJson } from '@radiograft/pipeline'
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import type { WriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { Job, JobEvent } from './Job.ts'
import { leanHeap } from './leanHeap.ts'

export type JobEnd = Extract<JobEvent, { readonly _tag: 'done' | 'failed' | 'stopped' }>

export interface Worker {
  readonly pid: number | undefined
  /** false once the process has ended or was told to */
  readonly alive: () => boolean
  /** Computes a job; always settles, with `failed` when the process dies. One at a time. */
  readonly run: (job: Job, log: string, observe: (event: JobEvent) => void) => Promise<JobEnd>
  /** SIGTERM, then SIGKILL after `grace` milliseconds, anew for a checkpoint; settles when the process has ended. */
  readonly stop: () => Promise<void>
}

const died = (code: number | null, signal: NodeJS.Signals | null): JobEnd => ({
  _tag: 'failed',
  name: 'ProcessDied',
  message:
    signal === 'SIGKILL'
      ? 'the process was killed (SIGKILL): by hand, or by the system for want of memory'
      : signal !== null
        ? `the process was ended by ${signal}`
        : `the process ended with code ${code} and no answer`,
  stack: '',
})

/** Nothing for half a line, which a process that is killed while it writes leaves. */
const eventOf = (line: string): JobEvent | undefined => {
  try {
    return parseCanonicalJson(line) as JobEvent
  } catch {
    return undefined
  }
}

/**
 * What a stage may see of this process's environment: nothing that opens a tracking server, and no FORCE_COLOR, which beside
 * NO_COLOR makes Node write a warning into every log.
 */
const ownEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('MLFLOW_') && name !== 'FORCE_COLOR'),
  )

/** Starts a process on the child's bundle. It has a process group of its own, so that Ctrl-C reaches it only through us. */
export const startWorker = (bundle: string, env: Readonly<Record<string, string>>, grace: number): Worker => {
  const child: ChildProcess = spawn(process.execPath, ['--enable-source-maps', bundle], {
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    detached: true,
    env: {
      ...leanHeap,
      ...ownEnvironment(),
      NODE_OPTIONS: '',
      RADIOGRAFT_PARENT: String(process.pid),
      RADIOGRAFT_GRACE: String(grace),
      ...env,
    },
  })
  let stream: WriteStream | undefined
  let end: ((end: JobEnd) => void) | undefined
  let observe: (event: JobEvent) => void = () => {}
  let alive = true
  let killing: NodeJS.Timeout | undefined
  const killLater = (): void => {
    clearTimeout(killing)
    killing = setTimeout(() => child.kill('SIGKILL'), grace)
  }
  const finish = (how: JobEnd): void => {
    const settle = end
    end = undefined
    settle?.(how)
  }
  const toLog = (chunk: Buffer): void => void stream?.write(chunk)
  child.stdout!.on('data', toLog)
  child.stderr!.on('data', toLog)
  // a process that has died answers EPIPE; its end is reported by 'close'
  child.stdin!.on('error', () => {})
  createInterface({ input: child.stdio[3] as Readable }).on('line', (line) => {
    const event = eventOf(line)
    if (!event) return
    if (event._tag === 'saving') {
      // asked to end, and still at its step until now: the checkpoint has the whole grace
      if (killing) killLater()
    } else if (event._tag === 'done' || event._tag === 'failed' || event._tag === 'stopped') finish(event)
    else {
      if (event._tag === 'log' || event._tag === 'warning') stream?.write(`${event.message}\n`)
      observe(event)
    }
  })
  const closed = new Promise<void>((settle) => {
    child.once('error', (cause) => {
      alive = false
      finish({ _tag: 'failed', name: cause.name, message: cause.message, stack: cause.stack ?? '' })
      settle()
    })
    child.once('close', (code, signal) => {
      alive = false
      finish(died(code, signal))
      settle()
    })
  })
  const closeLog = async (): Promise<void> => {
    const open = stream
    stream = undefined
    if (open && !open.destroyed) await new Promise<void>((settle) => open.end(() => settle()))
  }
  return {
    pid: child.pid,
    alive: () => alive,
    run: async (job, log, observer) => {
      stream = createWriteStream(log, { flags: 'a' })
      // a log that cannot be written, on a full disk say, is no reason to lose the result
      stream.on('error', () => (stream = undefined))
      observe = observer
      const answered = new Promise<JobEnd>((settle) => (end = settle))
      if (!alive) finish(died(child.exitCode, child.signalCode))
      child.stdin!.write(`${canonicalJson(job)}\n`)
      const how = await answered
      // a failed process ends by itself or is stopped; what it still prints belongs to this log
      if (how._tag !== 'done' && how._tag !== 'failed') await closed
      await new Promise((settle) => setImmediate(settle))
      if (how._tag === 'failed' && how.stack !== '') stream?.write(`${how.stack}\n`)
      await closeLog()
      return how
    },
    stop: async () => {
      if (!alive) return closed
      alive = false
      child.stdin!.end()
      child.kill('SIGTERM')
      killLater()
      await closed
      clearTimeout(killing)
      await closeLog()
    },
  }
}
