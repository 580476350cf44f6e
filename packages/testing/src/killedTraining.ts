// A training in processes of its own that are killed, as a machine that goes down kills them, and started again. A package's
// `testing/trainOnce.ts` is what runs in them, through `trainingProcess`. Used by the resume tests of the model packages.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { folderCheckpoints, type Checkpoints } from '@radiograft/checkpoints'

/** Kill it as soon as this step is done, or in the midst of writing the checkpoint of this step. */
export interface KillPoint {
  readonly at: 'step' | 'save'
  readonly step: number
}

interface TrainingEnd {
  /** digest of the artefact's bytes */
  readonly network: string
  /** all curves */
  readonly series: unknown
  /** digests of the last checkpoint's tensors by name (weights, optimiser slots, counters), and its JSON */
  readonly last: { readonly step: number; readonly tensors: Readonly<Record<string, string>>; readonly state: unknown }
}

export interface TrainingRun {
  /** the step that it went on from, 0 for none */
  readonly from: number
  /** what it told of its progress before it ended */
  readonly progress: ReadonlyArray<number>
  /** undefined when it was killed */
  readonly end: TrainingEnd | undefined
}

const sha256 = (...parts: ReadonlyArray<Uint8Array | string>): string =>
  parts.reduce<ReturnType<typeof createHash>>((hash, part) => hash.update(part), createHash('sha256')).digest('hex')

const bytesOf = (view: ArrayBufferView): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength)

const killMe = (): void => void process.kill(process.pid, 'SIGKILL')

/** Whether a checkpoint of this process is there in part: its folder still has a temporary name. */
const isBeingWritten = (folder: string): boolean =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((path) => path.includes(`.${process.pid}.`))

/** Saves, and kills this process as soon as the writing of that step's checkpoint shows on disk; if it is missed, never. */
const killedWhileSaving = (to: Checkpoints, folder: string, step: number): Checkpoints => ({
  ...to,
  save: (checkpoint) => {
    const saved = to.save(checkpoint)
    const look = (): void => {
      if (isBeingWritten(folder)) return killMe()
      setImmediate(look)
    }
    if (checkpoint.step === step) setImmediate(look)
    return saved
  },
})

export interface TrainingJob {
  readonly checkpoints: Checkpoints
  /** where graphs may be kept */
  readonly graphs: string
  /** to be called with the steps that are done */
  readonly onStep: (done: number) => void
  readonly onResume: (done: number) => void
  /** what the test asked for beside */
  readonly given: string
}

/** Runs one training under the orders of `runTraining`, and says on standard output what came of it. */
export const trainingProcess = async (
  train: (job: TrainingJob) => Promise<{
    readonly config: unknown
    readonly tensors: Readonly<Record<string, { readonly shape: ReadonlyArray<number>; readonly data: Float32Array }>>
    readonly series: unknown
  }>,
): Promise<void> => {
  const { folder, graphs, kill, given } = JSON.parse(process.argv[2]!) as Orders
  const say = (what: object): void => void process.stdout.write(`${JSON.stringify(what)}\n`)
  const to = folderCheckpoints(folder)
  const { config, tensors, series } = await train({
    checkpoints: kill?.at === 'save' ? killedWhileSaving(to, folder, kill.step) : to,
    graphs,
    given,
    onResume: (from) => say({ from }),
    onStep: (done) => {
      say({ done })
      if (kill?.at === 'step' && kill.step === done) killMe()
    },
  })
  const last = (await to.latest())!
  const digests = Object.entries(last.tensors).map(([name, t]) => [
    name,
    sha256(`${t.dtype} ${t.shape.join()} `, bytesOf(t.values)),
  ])
  const parts = Object.entries(tensors).flatMap(([name, t]) => [`${name} ${t.shape.join()} `, bytesOf(t.data)])
  const end: TrainingEnd = {
    network: sha256(JSON.stringify(config), ...parts),
    series,
    last: { step: last.step, tensors: Object.fromEntries(digests), state: last.state },
  }
  say({ end })
}

interface Orders {
  readonly folder: string
  readonly graphs: string
  readonly kill: KillPoint | undefined
  readonly given: string
}

const loader = fileURLToPath(new URL('../../../tools/ts-loader.mjs', import.meta.url))

/** Starts `script`, which calls `trainingProcess`, and waits for its end. @throws Error with its words when it fails */
const runTraining = async (script: URL, orders: Orders): Promise<TrainingRun> => {
  const args = ['--conditions=@radiograft/source', '--import', loader, fileURLToPath(script), JSON.stringify(orders)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const [said, complaints, [code, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null, string | null]>,
  ])
  if (orders.kill ? signal !== 'SIGKILL' : code !== 0)
    throw new Error(`the training ended with ${signal ?? code}, told ${JSON.stringify(orders.kill)}: ${complaints}`)
  const lines = said
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { from?: number; done?: number; end?: TrainingEnd })
  return {
    from: lines.find(({ from }) => from !== undefined)?.from ?? 0,
    progress: lines.flatMap(({ done }) => done ?? []),
    end: lines.find(({ end }) => end)?.end,
  }
}

/** The straight run, and one that is killed at each of these points in turn and then left to end. */
export const straightAndKilled = async (
  script: URL,
  folder: string,
  kills: ReadonlyArray<KillPoint>,
  given = '',
): Promise<{ readonly straight: TrainingRun; readonly killed: ReadonlyArray<TrainingRun> }> => {
  const graphs = join(folder, 'graphs')
  const straight = await runTraining(script, { folder: join(folder, 'straight'), graphs, kill: undefined, given })
  const killed: TrainingRun[] = []
  for (const kill of [...kills, undefined])
    killed.push(await runTraining(script, { folder: join(folder, 'killed'), graphs, kill, given }))
  return { straight, killed }
}
