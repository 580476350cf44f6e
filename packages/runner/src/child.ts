// The process that computes stages. Bundled by the runner and started with plain node: jobs come as lines on stdin, events
// go as lines to descriptor 3, stdout and stderr go to the stage's log. No Effect, no loader.
import { fileBlobs } from '@radiograft/artefact-store'
import { canonicalJson, parseCanonicalJson } from '@radiograft/pipeline'
import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { Worker as Thread } from 'node:worker_threads'
import type { Job, JobEvent } from './Job.ts'
import { runJob } from './runJob.ts'

const channel = 3
/** As the shell has it for SIGINT. */
const stoppedCode = 130

/** Counts checkpoints that were begun; the thread below looks at it. */
const saves = new Int32Array(new SharedArrayBuffer(4))

const emit = (event: JobEvent): void => {
  if (event._tag === 'saving') Atomics.add(saves, 0, 1)
  const bytes = Buffer.from(`${canonicalJson(event)}\n`)
  for (let at = 0; at < bytes.length;)
    try {
      at += writeSync(channel, bytes, at)
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException
      if (code === 'EPIPE') return stop()
      if (code !== 'EAGAIN') throw cause
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
}

const abort = new AbortController()
let busy = false
/** Asked to end, or the parent is gone: the step is finished, and kept where the stage has checkpoints. */
const stop = (): void => {
  abort.abort()
  if (!busy) process.exit(stoppedCode)
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
// what a stage prints when the parent is gone is lost; its step is not
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

const failed = (cause: unknown): void => {
  const error = cause instanceof Error ? cause : new Error(String(cause))
  emit({ _tag: 'failed', name: error.name, message: error.message, stack: error.stack ?? '' })
}
process.on('uncaughtException', (cause) => {
  failed(cause)
  process.exit(1)
})

const flush = (stream: NodeJS.WriteStream): Promise<void> => new Promise((done) => void stream.write('', () => done()))

const compute = async (job: Job): Promise<void> => {
  busy = true
  try {
    const { outputs, seconds } = await runJob(job, fileBlobs(job.store), emit, abort.signal)
    await Promise.all([flush(process.stdout), flush(process.stderr)])
    if (!abort.signal.aborted) emit({ _tag: 'done', outputs, seconds })
  } catch (cause) {
    if (!abort.signal.aborted) failed(cause)
  }
  busy = false
  if (!abort.signal.aborted) return
  emit({ _tag: 'stopped' })
  process.exit(stoppedCode)
}

/**
 * A thread that sees the parent go even while this one is inside a long native call or loop, where no signal and no end of
 * stdin is noticed. It gives the same grace as the parent would have given, anew for a checkpoint that is begun, then kills.
 */
const watch = `
  const { workerData: { parent, grace, saves } } = require('node:worker_threads')
  let alone
  let seen = 0
  setInterval(() => {
    if (process.ppid === parent) return
    const begun = Atomics.load(saves, 0)
    if (alone === undefined || begun !== seen) alone = performance.now()
    seen = begun
    if (performance.now() - alone > grace) process.kill(process.pid, 'SIGKILL')
  }, 500)`
const parent = Number(process.env['RADIOGRAFT_PARENT'] ?? process.ppid)
const grace = Number(process.env['RADIOGRAFT_GRACE'] ?? 30_000)
new Thread(watch, { eval: true, workerData: { parent, grace, saves } }).unref()

const lines = createInterface({ input: process.stdin })
lines.on('line', (line) => void compute(parseCanonicalJson(line) as Job))
lines.on('close', stop)
