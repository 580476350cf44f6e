// What lies around a run: the machine, the server that tracks it, whether films could be committed by mistake, what tests use.
import { execFile } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { availableParallelism, cpus, freemem, totalmem } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { nearestExisting } from '../files/runFolders.ts'
import { commandLine } from '../text/commandLine.ts'
import { formatBytes } from '../text/formatBytes.ts'
import { trackingUri } from '../tracking/trackingUri.ts'
import type { Environment } from '../tracking/trackingUri.ts'
import type { Finding } from './Finding.ts'
import { firstLine } from './firstLine.ts'

/** Instruction sets that the tensor runtime has code for, the newest last. */
const instructionSets = ['sse4_2', 'avx', 'fma', 'avx2', 'avx512f', 'avx512_vnni', 'avx512_bf16', 'amx_bf16']

/** `text`: of /proc/cpuinfo. */
export const setsIn = (text: string): ReadonlyArray<string> => {
  const flags = new Set((/^flags\s*:\s*(.*)$/m.exec(text)?.[1] ?? '').split(' '))
  return instructionSets.filter((name) => flags.has(name))
}

export const machineFindings = (): ReadonlyArray<Finding> => {
  let sets: ReadonlyArray<string> = []
  try {
    sets = setsIn(readFileSync('/proc/cpuinfo', 'utf8'))
  } catch {
    // no /proc: not told
  }
  return [
    {
      what: 'machine',
      ok: 'note',
      says: `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} threads, ${formatBytes(freemem())} of ${formatBytes(totalmem())} memory free`,
    },
    ...(sets.length === 0
      ? []
      : [
          sets.includes('avx2')
            ? { what: 'instructions', ok: true, says: sets.join(', ') }
            : {
                what: 'instructions',
                ok: 'warning' as const,
                says: `${sets.join(', ')}: without avx2 training is several times slower`,
              },
        ]),
  ]
}

/** Milliseconds that a server has to answer. */
const patience = 3000
const how = 'start one with npx nx run tools:mlflow, and set MLFLOW_TRACKING_URI to the address that it prints'

/** Whether the server that the environment names answers, and its version. The address is told without a password. */
export const trackingFinding = async (env: Environment): Promise<Finding> => {
  const what = 'MLflow'
  let address: string | undefined
  try {
    address = trackingUri(env)
  } catch (error) {
    return { what, ok: 'warning', says: (error as Error).message }
  }
  if (address === undefined) return { what, ok: 'note', says: `not used: MLFLOW_TRACKING_URI is not set; ${how}` }
  const url = new URL(address)
  const login =
    url.username === '' ? undefined : `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  url.username = ''
  url.password = ''
  const plain = url.href.replace(/\/$/, '')
  try {
    const answer = await fetch(`${plain}/version`, {
      signal: AbortSignal.timeout(patience),
      headers: login === undefined ? {} : { authorization: `Basic ${Buffer.from(login).toString('base64')}` },
    })
    const text = (await answer.text()).trim()
    if (!answer.ok)
      return {
        what,
        ok: 'warning',
        says: `${plain} answers ${answer.status}: no MLflow server, or it asks who you are`,
      }
    return /^\d+\.\d+/.test(text) && text.length < 40
      ? { what, ok: true, says: `${plain}, version ${text}` }
      : { what, ok: 'warning', says: `${plain} answers, but is no MLflow server` }
  } catch (cause) {
    const { name, cause: inner } = cause as { readonly name: string; readonly cause?: { readonly code?: string } }
    const reason = name === 'TimeoutError' ? `no answer in ${patience / 1000} s` : (inner?.code ?? 'no answer')
    return {
      what,
      ok: 'warning',
      says: `${plain} cannot be reached (${reason}): runs go on and are sent later by ${commandLine('sync')}; ${how}`,
    }
  }
}

/** Exit code of a program, or undefined where there is none of that name. */
const exitCode = (program: string, args: ReadonlyArray<string>, cwd: string): Promise<number | undefined> =>
  new Promise((answer) =>
    execFile(program, args, { cwd, timeout: 10_000 }, (error) =>
      answer(error === null ? 0 : typeof error.code === 'number' ? error.code : undefined),
    ),
  )

/** A store in a git repository must be ignored there: artefacts hold films. */
export const ignoredFinding = async (root: string, store: string): Promise<Finding> => {
  const what = 'git'
  const place = relative(root, store).startsWith('..') ? store : join(root, '.radiograft')
  const nearest = nearestExisting(place)
  // git is asked from a folder; that a store cannot lie below a file is told by its own line
  const within = existsSync(place) || !statSync(nearest).isDirectory() ? dirname(nearest) : nearest
  if ((await exitCode('git', ['rev-parse', '--is-inside-work-tree'], within)) !== 0)
    return { what, ok: 'note', says: `${basename(place)} lies in no git repository` }
  return (await exitCode('git', ['check-ignore', '-q', place], within)) === 0
    ? { what, ok: true, says: `${place} is ignored` }
    : {
        what,
        ok: 'warning',
        says: `${place} is not ignored: it holds films, and could be committed by mistake. Add it to .gitignore`,
      }
}

/** Used by tests alone. */
export const testFindings = async (): Promise<ReadonlyArray<Finding>> => {
  const browser = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
  const chromium = await firstLine(browser, ['--version'])
  const pyarrow = await firstLine(process.env['PYARROW_PYTHON'] ?? 'python3', [
    '-c',
    'import pyarrow; print(pyarrow.__version__)',
  ])
  return [
    {
      what: 'chromium',
      ok: 'note',
      says:
        chromium ?? `none at ${browser}: only npm run test:browser needs it (apt install chromium, or set CHROMIUM)`,
    },
    {
      what: 'pyarrow',
      ok: 'note',
      says: pyarrow ?? 'none: only npm run test:pyarrow needs it; PYARROW_PYTHON names a Python that has it',
    },
  ]
}
