// A command in a folder of its own, its output kept, ended after a time. Used by run.mjs and what it is made of.
import { spawn } from 'node:child_process'

/** The caller's environment without what would reach into the empty project: settings of node, npm and Nx, and colours. */
const environment = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(NODE_OPTIONS|NODE_PATH|INIT_CWD|FORCE_COLOR|npm_.*|NX_.*)$/.test(name),
    ),
  )

/** @returns { status, stdout, stderr }; status null when it was ended */
export const command = (file, args, { cwd, seconds = 240, env = {} }) =>
  new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd,
      env: { ...environment(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: seconds * 1000,
    })
    const out = { stdout: '', stderr: '' }
    for (const stream of ['stdout', 'stderr']) {
      child[stream].setEncoding('utf8')
      child[stream].on('data', (text) => (out[stream] += text))
    }
    child.on('error', (error) => resolve({ status: null, stdout: out.stdout, stderr: String(error) }))
    child.on('close', (status) => resolve({ status, ...out }))
  })

/** The same, or an Error with the end of what it said. */
export const mustRun = async (file, args, options) => {
  const result = await command(file, args, options)
  if (result.status === 0) return result
  const said = `${result.stdout}\n${result.stderr}`.trim().split('\n').slice(-25).join('\n')
  throw new Error(`${[file.split('/').at(-1), ...args].slice(0, 8).join(' ')} ended with ${result.status}\n${said}`)
}
