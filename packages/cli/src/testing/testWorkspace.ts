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
export const scoredPipeline = join(root, 'packages/cli/src/testing/scored.ts')
export const trainedPipeline = join(root, 'packages/cli/src/testing/trained.ts')
export const picturesPipeline = join(root, 'pipelines/src/testing/pictures.ts')

export interface Ended {
  /** null: ended by `signal` itself */
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
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
  /** The same on a pseudo-terminal, of 100 columns and 30 rows unless said otherwise; Ctrl-C is typed once `until` has been seen. */
  readonly onTerminal: (args: ReadonlyArray<string>, options?: OnTerminal) => Promise<Ended>
}

interface OnTerminal {
  readonly until?: string
  readonly env?: Readonly<Record<string, string>>
  readonly columns?: number
  readonly rows?: number
  /** one after another; in `out`, `resizeMark` stands where a resize came */
  readonly acts?: ReadonlyArray<TerminalAct>
}

/** What happens to a terminal or its process, `after` so many seconds or once a text has been `seen` or a `file` is there. */
type TerminalAct = { readonly seen?: string; readonly after?: number; readonly file?: string } & (
  | { readonly type: string }
  | { readonly signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGKILL' }
  | { readonly resize: readonly [columns: number, rows: number] }
  /** the window is closed */
  | { readonly hangUp: true }
)

export const resizeMark = (columns: number, rows: number): string => `\0${columns}x${rows}\0`

/** Starts its arguments on a pseudo-terminal, copies what they print, and acts; a process that is killed answers 128 + signal. */
const terminalScript = `
import fcntl, json, os, pty, select, signal, struct, sys, termios, time
given = json.loads(sys.argv[1])
def resize(fd, columns, rows):
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack('HHHH', rows, columns, 0, 0))
pid, fd = pty.fork()
if pid == 0:
    resize(0, given['columns'], given['rows'])
    os.execv(sys.argv[2], sys.argv[2:])
acts = given['acts']
since = time.monotonic()
seen = b''
ended = None
out = sys.stdout.buffer
while True:
    ready, _, _ = select.select([fd], [], [], 0.005)
    if ready:
        try:
            part = os.read(fd, 65536)
        except OSError:
            break
        if not part:
            break
        seen += part
        out.write(part)
        out.flush()
    while acts:
        act = acts[0]
        if 'seen' in act and act['seen'].encode() not in seen: break
        if 'after' in act and time.monotonic() - since < act['after']: break
        if 'file' in act and not os.path.lexists(act['file']): break
        acts.pop(0)
        seen, since = b'', time.monotonic()
        if 'type' in act: os.write(fd, act['type'].encode())
        if 'signal' in act: os.kill(pid, signal.Signals[act['signal']])
        if 'resize' in act:
            # it stands still meanwhile: what it wrote before comes before the mark
            os.kill(pid, signal.SIGSTOP)
            status = os.waitpid(pid, os.WUNTRACED)[1]
            if not os.WIFSTOPPED(status):
                ended = status
                break
            while select.select([fd], [], [], 0.02)[0]: out.write(os.read(fd, 65536))
            resize(fd, *act['resize'])
            out.write(('\\0%dx%d\\0' % tuple(act['resize'])).encode())
            out.flush()
            os.kill(pid, signal.SIGCONT)
        if 'hangUp' in act:
            os.close(fd)
            fd = -1
            break
    if fd < 0 or ended is not None: break
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1] if ended is None else ended)
sys.exit(code if code >= 0 else 128 - code)
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
    // whole characters, wherever a chunk ends
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
    const ended = new Promise<Ended>((settle) =>
      child.once('close', (code, signal) => settle({ code, signal, out, err })),
    )
    return { process: child, out: () => out, ended }
  }
  const [node, ...before] = command
  const start: TestWorkspace['start'] = (args, env) => launch(node, [...before, ...args], env)
  return {
    path,
    start,
    run: (args, env) => start(args, env).ended,
    onTerminal: (args, { until, env, columns = 100, rows = 30, acts = [] } = {}) => {
      const typed = until === undefined ? [] : [{ seen: until, type: '\u0003' }]
      const given = JSON.stringify({ columns, rows, acts: [...typed, ...acts] })
      return launch('python3', ['-c', terminalScript, given, node, ...before, ...args], {
        TERM: 'xterm-256color',
        ...env,
      }).ended
    },
  }
}
