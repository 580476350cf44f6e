// A command in a folder of its own, its output kept, ended after a time. Used by all checks.
import { spawn } from 'node:child_process'

/** The caller's environment without what would reach into the empty project: settings of node, npm and Nx, and colours. */
const environment = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(NODE_OPTIONS|NODE_PATH|INIT_CWD|FORCE_COLOR|npm_.*|NX_.*)$/.test(name),
    ),
  )

/** Commands under way: the number of each one's process group, and its end. */
const running = new Map()
let stopping = false

/** Ends a command with everything that it started. */
const end = (group) => {
  try {
    process.kill(-group, 'SIGKILL')
  } catch {
    // it has ended by itself
  }
}

/** Ends all commands under way and waits for their ends; no other begins. Nothing writes into their folders any more. */
export const endAll = async () => {
  stopping = true
  for (const group of running.keys()) end(group)
  await Promise.all(running.values())
}

/** @returns { status, stdout, stderr }; status null when it was ended */
export const command = (file, args, { cwd, seconds = 240, env = {} }) => {
  if (stopping) return new Promise(() => undefined)
  const ended = new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd,
      env: { ...environment(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true, // a process group of its own
    })
    const timer = setTimeout(() => end(child.pid), seconds * 1000)
    const out = { stdout: '', stderr: '' }
    for (const stream of ['stdout', 'stderr']) {
      child[stream].setEncoding('utf8')
      child[stream].on('data', (text) => (out[stream] += text))
    }
    const settle = (result) => {
      clearTimeout(timer)
      running.delete(child.pid)
      resolve(result)
    }
    child.on('error', (error) => settle({ status: null, stdout: out.stdout, stderr: String(error) }))
    child.on('close', (status) => settle({ status, ...out }))
    queueMicrotask(() => child.pid !== undefined && running.set(child.pid, ended))
  })
  return ended
}

/** The same, or an Error with the end of what it said. */
export const mustRun = async (file, args, options) => {
  const result = await command(file, args, options)
  if (result.status === 0) return result
  const said = `${result.stdout}\n${result.stderr}`.trim().split('\n').slice(-25).join('\n')
  throw new Error(`${[file.split('/').at(-1), ...args].slice(0, 8).join(' ')} ended with ${result.status}\n${said}`)
}
