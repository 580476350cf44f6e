import { describe, expect, it } from '@jest/globals'
import { Schema } from 'effect'
import { Boxes, Dataset, Films, many, optional, param, Pipeline, Scores, Stage } from './index.ts'
import type { AnyPipeline } from './index.ts'
import { resolvePipeline } from './resolvePipeline.ts'
import { toMermaid } from './toMermaid.ts'
import { validatePipeline } from './validatePipeline.ts'

const entry = (name: string): URL => Stage.entry('file:///w/stages/x.ts', `./${name}.run`)
const read = Stage.make({
  name: 'read',
  doc: '',
  resource: 'io',
  inputs: { dataset: Dataset },
  outputs: { films: Films, boxes: Boxes },
  params: { size: param(Schema.Int.check(Schema.isBetween({ minimum: 8, maximum: 64 })), { default: 16, doc: '' }) },
  entry: entry('read'),
})
const graft = Stage.make({
  name: 'graft',
  doc: '',
  resource: 'light',
  inputs: { films: Films },
  outputs: { films: Films },
  params: {
    strength: param(Schema.Number, { default: 1, doc: '' }),
    mode: param(Schema.Literals(['paste', 'blend']), { default: 'paste', doc: '' }),
    parts: param(Schema.Array(Schema.String), { default: ['a'], doc: '' }),
    skip: param(Schema.Boolean, { default: false, doc: '' }),
  },
  entry: entry('graft'),
})
const score = Stage.make({
  name: 'score',
  doc: '',
  resource: 'light',
  inputs: { films: Films, boxes: optional(Boxes) },
  outputs: { scores: Scores },
  params: { fold: param(Schema.Int, { default: 0, doc: '' }) },
  entry: entry('score'),
})
const compare = Stage.make({
  name: 'compare',
  doc: '',
  resource: 'light',
  inputs: { arms: many(Scores) },
  outputs: { scores: Scores },
  params: {},
  entry: entry('compare'),
})
const example = Pipeline.make({
  name: 'example',
  doc: 'An example.',
  datasets: { rsna: Dataset },
  params: { size: 32, strength: 2 },
  paramDocs: { size: 'pixels', strength: 'how much' },
  presets: { quick: { size: 8, axes: { fold: [0] } }, default: {}, paper: { size: 64 } },
  axes: { fold: [0, 1], grafted: [true, false] },
  cell: (g, data, p, at) => {
    const raw = g('read', read, { dataset: data.rsna }, { size: p.size })
    g('unused', graft, { films: raw.films })
    const x = at.grafted ? g('graft', graft, { ...raw }, { strength: p.strength }) : raw
    return g('score', score, { films: x.films, boxes: raw.boxes }, { fold: at.fold })
  },
  gather: (g, cells) => g('compare', compare, { arms: cells.map((c) => c.out.scores) }),
})
const labels = (sets: Readonly<Record<string, string>> = {}, preset = 'default'): ReadonlyArray<string> =>
  resolvePipeline(example, { sets, preset }).nodes.map((node) => node.label)
const node = (id: string, sets: Readonly<Record<string, string>>) =>
  resolvePipeline(example, { sets }).nodes.find((one) => one.id === id)!

describe('resolvePipeline', () => {
  it('keeps equal nodes once, inputs before users, and only what gather reaches', () => {
    expect(labels()).toEqual([
      'rsna',
      'read',
      'graft',
      'score[fold=0,grafted=true]',
      'score[fold=0,grafted=false]',
      'score[fold=1,grafted=true]',
      'score[fold=1,grafted=false]',
      'compare',
    ])
    expect(labels({}, 'quick')).toEqual([
      'rsna',
      'read',
      'graft',
      'score[grafted=true]',
      'score[grafted=false]',
      'compare',
    ])
  })
  it('says which cells a node serves', () => {
    const { nodes } = resolvePipeline(example)
    const cellsOf = (id: string) => nodes.find((one) => one.id === id)!.cells
    expect(cellsOf('graft')).toEqual([
      { fold: 0, grafted: true },
      { fold: 1, grafted: true },
    ])
    expect(cellsOf('compare')).toHaveLength(4)
  })
  it('takes parameters from defaults, preset and --set, and says which', () => {
    const resolved = resolvePipeline(example, { preset: 'quick', sets: { strength: '3.5' } })
    expect(resolved.params).toEqual([
      { name: 'size', value: 8, source: 'preset quick', doc: 'pixels' },
      { name: 'strength', value: 3.5, source: '--set', doc: 'how much' },
    ])
    expect(resolved.axes).toEqual({ fold: [0], grafted: [true, false] })
    expect(resolved.axisSources).toEqual({ fold: 'preset quick', grafted: 'default' })
    const found = resolved.nodes.find((one) => one.id === 'graft')!
    expect(found.params).toEqual({ strength: 3.5, mode: 'paste', parts: ['a'], skip: false })
    expect(found.paramSources).toEqual({ strength: 'pipeline', mode: 'default', parts: 'default', skip: 'default' })
  })
  it('reads --set values by the type of what they replace', () => {
    expect(node('graft', { 'graft.mode': 'blend', 'graft.parts': '["x","y"]', 'graft.skip': 'true' }).params).toEqual({
      strength: 2,
      mode: 'blend',
      parts: ['x', 'y'],
      skip: true,
    })
    expect(node('graft', { 'graft.strength': '7' }).paramSources['strength']).toBe('--set')
    expect(resolvePipeline(example, { sets: { fold: '1', grafted: 'false' } }).cells).toEqual([
      { fold: 1, grafted: false },
    ])
    expect(resolvePipeline(example, { sets: { fold: '1,0' } }).axes['fold']).toEqual([1, 0])
  })
  it('names what does not exist and what was probably meant', () => {
    expect(() => labels({ 'grfat.strength': '1' })).toThrow("unknown stage 'grfat', did you mean 'graft'?")
    expect(() => labels({ 'graft.strenght': '1' })).toThrow("did you mean 'strength'?")
    expect(() => labels({ flod: '1' })).toThrow("unknown parameter or axis 'flod', did you mean 'fold'?")
    expect(() => labels({}, 'quik')).toThrow("unknown preset 'quik', did you mean 'quick'?")
    expect(() => resolvePipeline(example, { datasets: { nih: { layout: 'phantom', root: '' } } })).toThrow(
      "unknown dataset 'nih'",
    )
  })
  it('says which value is wrong and what was expected', () => {
    expect(() => labels({ 'read.size': '100' })).toThrow('read.size = 100: Expected a value between 8 and 64')
    expect(() => labels({ 'graft.mode': 'melt' })).toThrow("graft.mode = 'melt'")
    expect(() => labels({ strength: 'much' })).toThrow("strength = 'much': expected a number")
    expect(() => labels({ fold: '2' })).toThrow("fold = '2': expected one of 0, 1")
    expect(() => labels({ grafted: 'yes' })).toThrow('expected true or false')
  })
  it('an optional dataset that is not bound is not there; one that is bound is a reference', () => {
    const seen: unknown[] = []
    const pipeline = Pipeline.make({
      name: 'looking',
      doc: '',
      datasets: { rsna: Dataset, weights: optional(Dataset) },
      params: {},
      paramDocs: {},
      presets: { quick: {}, default: {}, paper: {} },
      axes: {},
      cell: (g, data) => {
        seen.push(data.weights?.layout)
        const raw = g('read', read, { dataset: data.rsna })
        const more = data.weights && g('read-more', read, { dataset: data.weights })
        return g('score', score, { films: more?.films ?? raw.films })
      },
      gather: (_g, cells, _p, data) => ({ scores: cells.map((cell) => cell.out.scores), ...(data.weights && {}) }),
    })
    const bound = resolvePipeline(pipeline, { datasets: { weights: { layout: 'layers-model', root: '/w' } } })
    const free = resolvePipeline(pipeline)
    expect(seen).toEqual(['layers-model', undefined])
    expect(free.nodes.map(({ id }) => id)).toEqual(['rsna', 'read', 'score'])
    expect(bound.nodes.map(({ id }) => id)).toEqual(['weights', 'read-more', 'score'])
    expect(Object.keys(free.datasets)).toEqual(['rsna'])
    expect(bound.datasets['weights']).toEqual({ layout: 'layers-model', root: '/w' })
    // with all bound and with none
    seen.length = 0
    validatePipeline(pipeline)
    expect(new Set(seen)).toEqual(new Set(['rsna', undefined]))
  })
  it('drops ports that a stage does not declare before anything is hashed', () => {
    expect(Object.keys(node('graft', {}).inputs)).toEqual(['films'])
  })
  it('gives a node another identity for another parameter, input or dataset, and none for the seed', () => {
    const identity = (sets: Readonly<Record<string, string>>, layout: 'phantom' | 'rsna' = 'phantom', seed = 1) =>
      resolvePipeline(example, { sets, seed, datasets: { rsna: { layout, root: '/d' } } }).nodes.find(
        (one) => one.id === 'graft',
      )!.identity
    const first = identity({})
    expect(identity({}, 'phantom', 2)).toBe(first)
    expect(identity({ 'graft.strength': '2' })).toBe(first)
    expect(new Set([first, identity({ strength: '3' }), identity({ size: '16' }), identity({}, 'rsna')]).size).toBe(4)
  })
})

const broken = (cell: unknown): AnyPipeline => ({ ...example, cell }) as unknown as AnyPipeline
describe('validatePipeline', () => {
  it('a preset may say a precision, which is no parameter', () => {
    const [quick, plain] = ['quick', 'default'].map((preset) =>
      resolvePipeline(
        {
          ...example,
          presets: { ...example.presets, quick: { size: 8, precision: 'auto' } },
        } as unknown as AnyPipeline,
        { preset },
      ),
    )
    expect([quick!.precision, plain!.precision]).toEqual(['auto', undefined])
    expect(quick!.params.map(({ name }) => name)).toEqual(plain!.params.map(({ name }) => name))
  })

  it('resolves every preset', () => {
    expect(Object.keys(validatePipeline(example))).toEqual(['quick', 'default', 'paper'])
  })
  it('refuses one id for two stages, and boxes where films are due', () => {
    expect(() =>
      validatePipeline(
        broken((g: any, data: any) => {
          const raw = g('read', read, { dataset: data.rsna })
          return g('read', score, { films: raw.films })
        }),
      ),
    ).toThrow("the id 'read' stands for two stages: read and score")
    expect(() =>
      validatePipeline(
        broken((g: any, data: any) => {
          const raw = g('read', read, { dataset: data.rsna })
          return g('other', { ...score, name: 'read' }, { films: raw.films })
        }),
      ),
    ).toThrow(/two stages are called 'read', one computed by .*read\.run\.ts, one by .*score\.run\.ts; rename one/)
    expect(() =>
      validatePipeline(
        broken((g: any, data: any) => g('score', score, { films: g('read', read, { dataset: data.rsna }).boxes })),
      ),
    ).toThrow("port 'films' of 'score' takes films, but 'read.boxes' is boxes")
    expect(() => validatePipeline(broken((g: any) => g('score', score, {})))).toThrow('nothing wired')
    expect(() =>
      validatePipeline(broken((g: any, data: any) => g('read', read, { dataset: data.rsna }, { sise: 8 }))),
    ).toThrow("did you mean 'size'?")
  })
  it('asks for the three presets', () => {
    expect(() =>
      validatePipeline({ ...example, presets: { quick: {}, default: {} } } as unknown as AnyPipeline),
    ).toThrow("'paper'")
  })
})

describe('toMermaid', () => {
  it('draws datasets as cylinders and an arrow a reference', () => {
    expect(toMermaid(resolvePipeline(example, { sets: { fold: '0', grafted: 'true' } }))).toBe(`flowchart TD
  n0[("rsna")]
  n1["read"]
  n2["graft"]
  n3["score"]
  n4["compare"]
  n0 -- dataset --> n1
  n1 -- films --> n2
  n2 -- films --> n3
  n1 -- boxes --> n3
  n3 -- scores --> n4
`)
  })
})
