// Starts a side in a process of its own and speaks the protocol of side.ts with it. Used by measureRow.ts and smoke.ts.
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Settings, Side } from './Row.ts'
import type { Given, Ready } from './side.ts'

export const here = dirname(fileURLToPath(import.meta.url))
export const root = join(here, '../..')
const loader = ['--conditions=@radiograft/source', '--import', './tools/ts-loader.mjs']

/** A side ended, or said nothing of use. */
export class SideError extends Error {
  readonly _tag = 'SideError'
  readonly program: string
  constructor(program: string, problem: string) {
    super(`${program} ${problem}`)
    this.program = program
  }
}

export interface Running extends Ready {
  readonly pid: number
  /** Does `n` units; their seconds. */
  readonly round: (n: number) => Promise<number>
  readonly stop: () => Promise<void>
}

/** glibc's allocator told never to give memory back, and to map nothing apart up to the largest size that it allows. */
const memoryKept = {
  MALLOC_TRIM_THRESHOLD_: String(2 ** 40),
  MALLOC_MMAP_THRESHOLD_: String(2 ** 25),
  MALLOC_TOP_PAD_: String(2 ** 26),
}

/** As many threads for every library that either side may use; all of them read one of these. */
const environment = ({ threads, allocator }: Settings & Given): NodeJS.ProcessEnv => ({
  ...process.env,
  ...Object.fromEntries(
    ['OMP_NUM_THREADS', 'MKL_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'TF_NUM_INTRAOP_THREADS'].map((name) => [
      name,
      String(threads),
    ]),
  ),
  ...(allocator === 'memory kept' && memoryKept),
})

/** The program and arguments that run a side or a `prepare`. @param python of the peers; a program in TypeScript needs none */
export const commandOf = (
  program: string,
  settings: Settings & Given,
  python: string | undefined,
): readonly [string, ReadonlyArray<string>] => {
  const file = join(here, program)
  if (!program.endsWith('.py')) return [process.execPath, [...loader, file, JSON.stringify(settings)]]
  if (python === undefined) throw new SideError(program, 'needs the Python environment of the peers')
  return [python, [file, JSON.stringify(settings)]]
}

/** Prepares the side and waits until it is ready. @throws SideError with the end of what it printed */
export const startSide = async (
  side: Side,
  settings: Settings & Given,
  python: string | undefined,
): Promise<Running> => {
  const [command, args] = commandOf(side.program, settings, python)
  const child = spawn(command, args, { cwd: root, env: environment(settings), stdio: ['pipe', 'pipe', 'pipe'] })
  let said = ''
  child.stderr.on('data', (data: Buffer) => (said = (said + data.toString()).slice(-4000)))
  child.stdin.on('error', () => {}) // it has ended: the exit says so
  const ended = new Promise<never>((_, reject) => {
    child.once('error', (error) => reject(new SideError(side.program, `cannot be started: ${error.message}`)))
    child.once('close', (code, signal) =>
      reject(new SideError(side.program, `ended (${signal ?? code}):\n${said.trim()}`)),
    )
  })
  ended.catch(() => {}) // seen where a report is awaited

  const reports: Array<Record<string, unknown>> = []
  let arrived = (): void => {}
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!line.startsWith('{"bench"')) return
    reports.push(JSON.parse(line) as Record<string, unknown>)
    arrived()
  })
  const report = async <T>(): Promise<T> => {
    if (reports.length === 0) await Promise.race([ended, new Promise<void>((resolve) => (arrived = resolve))])
    return reports.shift() as T
  }

  const ready = await report<Ready>()
  return {
    ...ready,
    pid: child.pid!,
    round: async (n) => {
      child.stdin.write(`go ${n}\n`)
      return (await report<{ seconds: number }>()).seconds
    },
    stop: async () => {
      child.stdin.end()
      const late = setTimeout(() => child.kill('SIGKILL'), 5000)
      await ended.catch(() => {})
      clearTimeout(late)
    },
  }
}
