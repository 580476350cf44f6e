// A real MLflow server on this machine, in a process group of its own. Used by serve.mjs, and by tests that stop, kill or pause it.
import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { pythonEnvironment } from '../pythonEnvironment.mjs'
import { freePort, isFree } from './freePort.mjs'

const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url))
export const mlflowVersion = /^mlflow==(.*)$/m.exec(readFileSync(requirements, 'utf8'))[1]

// The server would outlive whoever started it and was killed: when the pipe to its standard input ends, its group ends.
const launcher = `
import os, signal, sys, threading
def end_with_starter():
    sys.stdin.buffer.read()
    os.killpg(0, signal.SIGTERM)
threading.Thread(target=end_with_starter, daemon=True).start()
from mlflow.cli import cli
cli()
`

const answers = async (uri, path) => {
  try {
    const answer = await fetch(`${uri}${path}`, { signal: AbortSignal.timeout(2000) })
    return answer.ok ? await answer.text() : undefined
  } catch {
    return undefined
  }
}

const lastLines = (log) => readFileSync(log, 'utf8').trim().split('\n').slice(-15).join('\n')

/** Makes the server's environment where it is not there; answers its Python. */
export const installServer = (announce = () => {}) =>
  pythonEnvironment({ name: 'mlflow', requirements, announce, pip: ['--no-deps'] })

/**
 * Starts a server and waits until it answers: about 10 s, and a minute more on first use, when it is installed.
 *
 * @param folder for its database, its artifacts and its log; made when it is not there
 * @param port 0, or none, for any free one
 * @param announce is told when the server must be installed first
 * @returns its address; `ended`, a promise of its end; `stop` (orderly), `kill` (at once, as a crash), `pause` and `resume`
 */
export const startServer = async ({ folder, port = 0, announce = () => {} }) => {
  if (port !== 0 && !(await isFree(port))) throw new Error(`port ${port} is taken: name another one with --port`)
  const python = installServer(announce)
  const at = resolve(folder)
  mkdirSync(join(at, 'artifacts'), { recursive: true })
  const chosen = await freePort(port)
  const uri = `http://127.0.0.1:${chosen}`
  const logFile = join(at, 'server.log')
  const log = openSync(logFile, 'a')
  const store = ['--backend-store-uri', `sqlite:///${join(at, 'mlflow.db')}`]
  const artifacts = ['--artifacts-destination', join(at, 'artifacts')]
  const where = ['--host', '127.0.0.1', '--port', String(chosen), '--workers', '1']
  // by default it is 15 processes and 3 GB: one worker and no job runner do here
  const child = spawn(python, ['-c', launcher, 'server', ...store, ...artifacts, ...where], {
    cwd: at,
    detached: true,
    env: { ...process.env, MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false', MLFLOW_DISABLE_TELEMETRY: 'true' },
    stdio: ['pipe', log, log],
  })
  closeSync(log)
  const ended = new Promise((done) => child.once('exit', done))
  const signal = (name) => {
    try {
      process.kill(-(child.pid ?? Number.NaN), name)
    } catch {
      // the group has ended
    }
  }
  const kill = async () => {
    signal('SIGKILL')
    await ended
  }
  const stop = async () => {
    signal('SIGCONT')
    signal('SIGTERM')
    await Promise.race([ended, sleep(15_000, undefined, { ref: false })])
    await kill()
  }
  for (const began = performance.now(); (await answers(uri, '/health')) === undefined; await sleep(100)) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`the MLflow server ended while it started; the end of ${logFile}:\n${lastLines(logFile)}`)
    if (performance.now() - began > 120_000) {
      await kill()
      throw new Error(
        `the MLflow server did not answer within two minutes; the end of ${logFile}:\n${lastLines(logFile)}`,
      )
    }
  }
  return {
    uri,
    folder: at,
    pid: child.pid,
    ended,
    stop,
    kill,
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
  }
}
