// A run that is stopped at any moment, on a terminal and in a pipe: exit code, terminal, record, processes, and the same command
// again, which ends with the results of a run that nobody stopped. Each moment with two of the eight ways here;
// RADIOGRAFT_SIGNALS=all tries every way at every moment (four minutes).
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { RunRecord } from '@radiograft/artefact-store'
import { emulator } from './testing/emulator.ts'
import { processesWith } from './testing/processesWith.ts'
import { scoredPipeline, testWorkspace, tinyPipeline } from './testing/testWorkspace.ts'

jest.setTimeout(120_000)
const workspace = testWorkspace()

type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGKILL'
const codes: Readonly<Record<Signal, number>> = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129, SIGKILL: 137 }

interface Moment {
  readonly name: string
  /** seconds from the start, or from when the file is there */
  readonly after?: number
  /** in the folder of the case */
  readonly file?: string
}
const moments: ReadonlyArray<Moment> = [
  { name: 'before anything', after: 0.25 },
  { name: 'before the plan', after: 0.6 },
  { name: 'planning', file: 'store', after: 0 },
  { name: 'as the run begins', file: 'run/run.json' },
  { name: 'as a stage begins', file: 'run/logs/count.log' },
  { name: 'in a stage', file: 'run/logs/count.log', after: 0.5 },
  { name: 'in the commit', file: 'store/manifests' },
  { name: 'between stages', file: 'run/logs/sum.log' },
  { name: 'while results are written', file: 'run/metrics.json' },
  { name: 'at the end', file: 'run/report/index.html' },
]

const all = process.env['RADIOGRAFT_SIGNALS'] === 'all'
const signals = Object.keys(codes) as ReadonlyArray<Signal>
const cases = moments.flatMap((moment, i) =>
  signals.flatMap((signal, k) =>
    (['terminal', 'pipe'] as const)
      .filter((way) => all || (i + k + (way === 'pipe' ? 2 : 0)) % 4 === 0)
      .map((way) => [moment.name, signal, way, moment] as const),
  ),
)

const slowly = ['--set', 'twice=off', '--set', 'n=12', '--set', 'pause=80']
const commandIn = (folder: string): ReadonlyArray<string> => [
  'run',
  tinyPipeline,
  ...slowly,
  '--store',
  join(folder, 'store'),
  '--out',
  join(folder, 'run'),
]
const metricsOf = (folder: string): string => readFileSync(join(folder, 'run/metrics.json'), 'utf8')
const statusOf = (folder: string): RunRecord['status'] | 'no run' => {
  const path = join(folder, 'run/run.json')
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as RunRecord).status : 'no run'
}

const inPipe = async (folder: string, signal: Signal, { file, after = 0 }: Moment) => {
  const run = workspace.start(commandIn(folder))
  const isThere = (): boolean => file === undefined || existsSync(join(folder, file))
  while (run.process.exitCode === null && !isThere()) await sleep(2)
  await sleep(after * 1000)
  run.process.kill(signal)
  const { code, out } = await run.ended
  expect(out).not.toContain('\u001B')
  return code ?? codes[signal]
}

const onTerminal = async (folder: string, signal: Signal, { file, after }: Moment) => {
  const wait = file === undefined ? [] : [{ file: join(folder, file), type: '' }]
  const { code, out } = await workspace.onTerminal(commandIn(folder), {
    columns: 90,
    rows: 24,
    acts: [...wait, { ...(after !== undefined && { after }), signal }],
  })
  const screen = emulator(90, 24)
  await screen.write(out)
  expect(await screen.leftovers()).toEqual([])
  return code
}

let expected = ''
beforeAll(async () => {
  const folder = join(workspace.path, 'undisturbed')
  expect((await workspace.run(commandIn(folder))).code).toBe(0)
  expected = metricsOf(folder)
})

describe('a signal', () => {
  it.each(cases)('%s: %s, %s', async (name, signal, way, moment) => {
    const folder = join(workspace.path, `${way} ${signal} ${name}`.replaceAll(' ', '-'))
    const code = await (way === 'pipe' ? inPipe : onTerminal)(folder, signal, moment)
    const status = statusOf(folder)
    // a run may be over before its signal comes
    if (code === 0) expect(status).toBe('done')
    else {
      expect(code).toBe(codes[signal])
      const left = ['no run', 'done', signal === 'SIGKILL' ? 'running' : 'interrupted']
      expect(left).toContain(status)
    }
    // children of a process that is killed see it and end
    for (let i = 0; i < 100 && processesWith(workspace.path).length > 0; i++) await sleep(100)
    expect(processesWith(workspace.path)).toEqual([])
    const again = await workspace.run(commandIn(folder))
    expect([again.code, again.err, statusOf(folder)]).toEqual([0, '', 'done'])
    expect(metricsOf(folder)).toBe(expected)
  })
})

it.each(['SIGTERM', 'SIGINT'] as const)(
  '%s ends what has nothing to save in the middle of its work',
  async (signal) => {
    // a comparison of very many resamples computes for minutes without a pause
    const folders = ['compared-a', 'compared-b'].map((name) => join(workspace.path, name))
    for (const folder of folders) expect((await workspace.run(['run', scoredPipeline, '--out', folder])).code).toBe(0)
    const compared = workspace.start(['compare', ...folders, '--resamples', '1000000', '--json'])
    await sleep(2000)
    expect(compared.process.exitCode).toBeNull()
    const began = performance.now()
    compared.process.kill(signal)
    const { out } = await compared.ended
    expect(performance.now() - began).toBeLessThan(1000)
    // which a shell shows as 143 and 130
    expect([compared.process.signalCode, out]).toEqual([signal, ''])
  },
)
