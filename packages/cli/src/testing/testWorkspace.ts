// The command as a user starts it: a child process, in a workspace of its own, so that no test leaves a run in this one.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { copyFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { emptyFolder } from './emptyFolder.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url))
/** `node` and what it needs to run the command from its sources. */
const command = [
  process.execPath,
  '--conditions=@radiograft/source',
  '--import',
  pathToFileURL(join(root, 'tools/ts-loader.mjs')).href,
  join(root, 'packages/cli/src/bin.ts'),
] as const

export const tinyPipeline = join(root, 'packages/cli/src/fixtures/tiny.ts')
export const filmsPipeline = join(root, 'packages/cli/src/testing/films.ts')
export const picturesPipeline = join(root, 'pipelines/src/testing/pictures.ts')

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

interface Started {
  readonly process: ChildProcess
  /** what it has written to stdout so far */
  readonly out: () => string
  readonly ended: Promise<Ended>
}

export interface TestWorkspace {
  readonly path: string
  readonly start: (args: ReadonlyArray<string>, env?: Readonly<Record<string, string>>) => Started
  readonly run: (args: ReadonlyArray<string>, env?: Readonly<Record<string, string>>) => Promise<Ended>
  /** The same on a pseudo-terminal of 100 columns; Ctrl-C is typed once `until` has been seen. */
  readonly onTerminal: (
    args: ReadonlyArray<string>,
    options?: { readonly until?: string; readonly env?: Readonly<Record<string, string>> },
  ) => Promise<Ended>
}

/** Starts its arguments on a pseudo-terminal, copies what they print, and types Ctrl-C when it has seen `sys.argv[1]`. */
const terminalScript = `
import fcntl, os, pty, struct, sys, termios
until = sys.argv[1].encode()
pid, fd = pty.fork()
if pid == 0:
    os.execv(sys.argv[2], sys.argv[2:])
fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack('HHHH', 30, 100, 0, 0))
seen = b''
while True:
    try:
        part = os.read(fd, 65536)
    except OSError:
        break
    if not part:
        break
    seen += part
    sys.stdout.buffer.write(part)
    sys.stdout.flush()
    if until and until in seen:
        os.write(fd, b'\\x03')
        until = b''
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`

export const testWorkspace = (): TestWorkspace => {
  const path = emptyFolder('workspace')
  copyFileSync(join(root, 'package-lock.json'), join(path, 'package-lock.json'))
  for (const name of ['node_modules', 'packages', 'pipelines']) symlinkSync(join(root, name), join(path, name))
  const launch = (
    program: string,
    args: ReadonlyArray<string>,
    env: Readonly<Record<string, string>> = {},
  ): Started => {
    const given = Object.entries({ ...process.env, NODE_OPTIONS: '', ...env })
    // what a terminal would decide is decided here
    const kept = given.filter(
      ([name]) => name in env || !['CI', 'NO_COLOR', 'FORCE_COLOR', 'JEST_WORKER_ID'].includes(name),
    )
    const child = spawn(program, args, { cwd: path, env: Object.fromEntries(kept), stdio: ['ignore', 'pipe', 'pipe'] })
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    const ended = new Promise<Ended>((settle) => child.once('close', (code) => settle({ code, out, err })))
    return { process: child, out: () => out, ended }
  }
  const [node, ...before] = command
  const start: TestWorkspace['start'] = (args, env) => launch(node, [...before, ...args], env)
  return {
    path,
    start,
    run: (args, env) => start(args, env).ended,
    onTerminal: (args, { until = '', env } = {}) =>
      launch('python3', ['-c', terminalScript, until, node, ...before, ...args], { TERM: 'xterm-256color', ...env })
        .ended,
  }
}
