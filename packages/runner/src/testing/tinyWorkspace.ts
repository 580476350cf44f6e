// A workspace of five small stages in a temporary folder, for tests: stages in one package, their helpers in another, linked
// through node_modules as npm does it. Each entry notes its calls in `calls.txt`, from inside the child process: the file
// lies four folders above the bundle.
import { Boxes, Dataset, Films, many, Metrics, optional, param, Pipeline, Scores, Stage } from '@radiograft/pipeline'
import type { AnyPipeline } from '@radiograft/pipeline'
import { Schema } from 'effect'
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { findWorkspace } from '../Workspace.ts'
import type { Workspace } from '../Workspace.ts'

const sources: Readonly<Record<string, string>> = {
  'package-lock.json': JSON.stringify({
    packages: {
      'node_modules/outside': { version: '1.0.0', integrity: 'sha512-a', dependencies: { inner: '^1.0.0' } },
      'node_modules/inner': { version: '1.0.0', integrity: 'sha512-b' },
    },
  }),
  'node_modules/outside/package.json':
    '{ "name": "outside", "version": "1.0.0", "type": "module", "main": "index.js" }',
  'node_modules/outside/index.js': 'export const one = 1\n',
  'packages/maths/package.json': JSON.stringify({
    name: '@tiny/maths',
    type: 'module',
    sideEffects: false,
    exports: { '.': { '@radiograft/source': './src/index.ts', default: './dist/index.js' } },
  }),
  'packages/maths/src/index.ts': `export * from './add.ts'\nexport * from './mean.ts'\n`,
  'packages/maths/src/add.ts': `import { step } from './step.ts'\nexport const add = (a: Float32Array, b: number): Float32Array => a.map((v) => Math.min(1, v + step(b)))\n`,
  'packages/maths/src/step.ts': `const none = (b: number): number => b * 0; export const step = (b: number): number => b / 10 + none(b)\n`,
  'packages/maths/src/mean.ts': `export const mean = (a: ArrayLike<number>): number => {\n  let s = 0\n  for (let i = 0; i < a.length; i++) s += a[i]!\n  return s / a.length\n}\n`,
  'packages/tiny/package.json': '{ "name": "@tiny/stages", "type": "module", "sideEffects": false }',
  'packages/tiny/src/note.ts': `import { appendFileSync } from 'node:fs'\nexport const note = (name: string): void => appendFileSync(new URL('../../../../calls.txt', import.meta.url), name + '\\n')\n`,
  'packages/tiny/src/read.run.ts': `
import { note } from './note.ts'
export const run = ({ params, ctx }: any) => {
  note('read')
  ctx.log('reading ' + params.films)
  const ids = Array.from({ length: params.films }, (_: unknown, i: number) => 'f' + String(i).padStart(4, '0'))
  const films = ids.map((id: string, i: number) => ({ id, pixels: Float32Array.from({ length: 4 }, (_: unknown, k: number) => ((i + k) % 5) / 10) }))
  return { films: { height: 2, width: 2, storage: 'uint8', films }, boxes: ids.map((film: string) => ({ film, x0: 0, y0: 0, x1: 1, y1: 1, label: params.label })) }
}
`,
  'packages/tiny/src/graft.run.ts': `
import { add } from '@tiny/maths'
import { one } from 'outside'
import { note } from './note.ts'
export const run = async ({ params, inputs, ctx }: any) => {
  note('graft')
  console.log('a line of chatter')
  async function* films() {
    let done = 0
    for await (const { id, pixels } of inputs.films.stream()) {
      ctx.progress(++done, inputs.films.size)
      yield { id, pixels: add(pixels, params.strength * one) }
    }
  }
  return { films: { height: inputs.films.height, width: inputs.films.width, storage: 'uint16', films: films() } }
}
`,
  'packages/tiny/src/score.run.ts': `
import { mean } from '@tiny/maths'
import { note } from './note.ts'
export const run = async ({ params, inputs, ctx }: any) => {
  note('score')
  const scores = []
  for await (const { id, pixels } of inputs.films.stream()) scores.push({ film: id, patient: id, metric: 'mean', value: mean(pixels) + params.fold })
  ctx.metric('mean', mean(scores.map((s: any) => s.value)), 1)
  return { scores }
}
`,
  'packages/tiny/src/slow.run.ts': `
import { existsSync } from 'node:fs'
import { note } from './note.ts'
export const run = async ({ params, inputs, ctx }: any) => {
  note('slow')
  ctx.log('pid ' + process.pid)
  if (params.fail) throw new RangeError('this film is upside down')
  const end = Date.now() + params.milliseconds
  const released = () => existsSync(new URL('../../../../calls.txt.go', import.meta.url))
  while (params.deaf && Date.now() < end);
  while (Date.now() < end && !released()) {
    if (ctx.signal.aborted) { note('slow-stopped'); throw new Error('stopped') }
    await new Promise((ok) => setTimeout(ok, 10))
  }
  return { scores: inputs.scores }
}
`,
  'packages/tiny/src/train.run.ts': `
import { note } from './note.ts'
/** A step of a logistic map: forgets nothing and repeats to the last bit. */
const next = (x: Float64Array): Float64Array => x.map((v) => 3.99 * v * (1 - v))
export const run = async ({ params, ctx }: any) => {
  note('train')
  ctx.log('pid ' + process.pid)
  const { checkpoints, signal } = ctx
  const found = await checkpoints.latest()
  let x: Float64Array = found ? found.tensors.x.values : Float64Array.from({ length: params.size }, (_: unknown, i: number) => (i + 1) / (params.size + 1))
  const losses: number[] = found ? [...found.state.losses] : []
  let done = found ? found.step : 0
  const save = async () => {
    ctx.log('saving ' + done)
    await checkpoints.save({ step: done, tensors: { x: { dtype: 'float64', shape: [x.length], values: x } }, state: { losses } })
    ctx.log('saved ' + done)
  }
  for (; done < params.steps; ) {
    await new Promise((ok) => setTimeout(ok, params.pause))
    if (signal.aborted) { await save(); throw new Error('cancelled at ' + done) }
    const after = next(x)
    if (done + 1 === params.nanAt) {
      await save()
      throw new (class TrainingDivergedError extends Error { name = 'TrainingDivergedError' })('training diverged at step ' + (done + 1) + ' (films f1): loss is NaN')
    }
    x = after
    done++
    losses.push(x[0]!)
    console.log('step ' + done)
    ctx.metric('loss', x[0], done)
    if (done === 1) ctx.metric('first', x[0], done)
    // steps that cost more and more
    ctx.progress(done, params.steps, '', (done / params.steps) ** 2)
    ctx.log('done ' + done)
    if (done % params.every === 0 && done < params.steps) await save()
  }
  ctx.log('returning')
  return { scores: losses.map((value: number, i: number) => ({ film: 'f' + i, patient: 'p', metric: 'loss', value })) }
}
`,
  'packages/tiny/src/compare.run.ts': `
import { mean } from '@tiny/maths'
import { note } from './note.ts'
export const run = ({ inputs }: any) => {
  note('compare')
  return { metrics: inputs.arms.map((scores: any, i: number) => ({ arm: 'arm' + i, part: 'test', metric: 'mean', value: mean(scores.map((s: any) => s.value)), low: NaN, high: NaN, n: scores.length, unit: '' })) }
}
`,
}

export interface TinyWorkspace {
  readonly workspace: Workspace
  readonly pipeline: AnyPipeline
  /** one stage, `train`, that keeps checkpoints */
  readonly training: AnyPipeline
  /** names of the entries that ran since the last call, sorted */
  readonly calls: () => ReadonlyArray<string>
  /** replaces a text in a file of the workspace; the text must be there */
  readonly edit: (file: string, from: string, to: string) => void
  readonly append: (file: string, text: string) => void
  /** lets the stage `slow` end */
  readonly release: () => void
  readonly remove: () => void
}

const write = (root: string, file: string, text: string): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

/** A new one, in a folder of its own. */
export const makeTinyWorkspace = (): TinyWorkspace => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'radiograft-tiny-')))
  for (const [file, text] of Object.entries(sources)) write(root, file, text)
  mkdirSync(join(root, 'node_modules/@tiny'), { recursive: true })
  symlinkSync('../../packages/maths', join(root, 'node_modules/@tiny/maths'))
  write(root, 'calls.txt', '')
  return openTinyWorkspace(root)
}

/** One that is there: the same from another process, or a copy. */
export const openTinyWorkspace = (root: string): TinyWorkspace => {
  const entry = (name: string): URL => pathToFileURL(join(root, 'packages/tiny/src', `${name}.run.ts`))

  const read = Stage.make({
    name: 'read',
    doc: 'Makes films.',
    resource: 'io',
    pure: true,
    inputs: { dataset: Dataset },
    outputs: { films: Films, boxes: Boxes },
    params: {
      films: param(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1000 })), { default: 5, doc: 'how many' }),
      label: param(Schema.String, { default: 'opacity', doc: 'label of each box' }),
    },
    entry: entry('read'),
  })
  const graft = Stage.make({
    name: 'graft',
    doc: 'Adds to films.',
    resource: 'compute',
    inputs: { films: Films, boxes: Boxes },
    outputs: { films: Films },
    params: { strength: param(Schema.Number, { default: 1, doc: 'how much' }) },
    entry: entry('graft'),
  })
  const score = Stage.make({
    name: 'score',
    doc: 'Means of films.',
    resource: 'light',
    pure: true,
    inputs: { films: Films, extra: optional(Boxes) },
    outputs: { scores: Scores },
    params: { fold: param(Schema.Int, { default: 0, doc: 'fold' }) },
    entry: entry('score'),
  })
  const slow = Stage.make({
    name: 'slow',
    doc: 'Waits.',
    resource: 'compute',
    inputs: { scores: Scores },
    outputs: { scores: Scores },
    params: {
      milliseconds: param(Schema.Int, { default: 0, doc: 'how long' }),
      fail: param(Schema.Boolean, { default: false, doc: 'throw' }),
      deaf: param(Schema.Boolean, { default: false, doc: 'wait in a loop that hears no signal' }),
    },
    entry: entry('slow'),
  })
  const compare = Stage.make({
    name: 'compare',
    doc: 'Compares arms.',
    resource: 'light',
    pure: true,
    inputs: { arms: many(Scores) },
    outputs: { metrics: Metrics },
    params: {},
    entry: entry('compare'),
  })
  const pipeline = Pipeline.make({
    name: 'tiny',
    doc: 'Five small stages.',
    datasets: { films: Dataset },
    params: { films: 5, strength: 2 },
    paramDocs: { films: 'how many', strength: 'how much' },
    presets: { quick: { films: 3, axes: { fold: [0] } }, default: {}, paper: { films: 9 } },
    axes: { fold: [0, 1], grafted: [true, false] },
    cell: (g, data, p, at) => {
      const raw = g('read', read, { dataset: data.films }, { films: p.films })
      const films = at.grafted ? g('graft', graft, raw, { strength: p.strength }).films : raw.films
      return g('slow', slow, g('score', score, { films }, { fold: at.fold }))
    },
    gather: (g, cells) => g('compare', compare, { arms: cells.map((cell) => cell.out.scores) }),
  })
  const train = Stage.make({
    name: 'train',
    doc: 'Takes steps.',
    resource: 'compute',
    inputs: {},
    outputs: { scores: Scores },
    params: {
      steps: param(Schema.Int, { default: 30, doc: 'how many' }),
      every: param(Schema.Int, { default: 5, doc: 'steps between two checkpoints' }),
      pause: param(Schema.Int, { default: 1, doc: 'milliseconds a step' }),
      size: param(Schema.Int, { default: 4, doc: 'numbers of its state' }),
      nanAt: param(Schema.Int, { default: 0, doc: 'step that diverges; 0: none' }),
    },
    entry: entry('train'),
  })
  const training = Pipeline.make({
    name: 'training',
    doc: 'One long stage.',
    datasets: {},
    params: {},
    paramDocs: {},
    presets: { quick: {}, default: {}, paper: {} },
    axes: {},
    cell: (g) => g('train', train, {}),
    gather: (_g, cells) => ({ scores: cells[0]!.out.scores }),
  })
  return {
    workspace: findWorkspace(root),
    pipeline,
    training,
    calls: () => {
      const text = readFileSync(join(root, 'calls.txt'), 'utf8')
      write(root, 'calls.txt', '')
      return text.split('\n').filter(Boolean).toSorted()
    },
    edit: (file, from, to) => {
      const text = readFileSync(join(root, file), 'utf8')
      if (!text.includes(from)) throw new Error(`${file} has no '${from}'`)
      write(root, file, text.replace(from, to))
    },
    append: (file, text) => appendFileSync(join(root, file), text),
    release: () => write(root, 'calls.txt.go', ''),
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}
