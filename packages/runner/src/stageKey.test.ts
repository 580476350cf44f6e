import { Boxes, Films, many, optional, param, Scores, Stage } from '@radiograft/pipeline'
import { describe, expect, it } from '@jest/globals'
import { Schema } from 'effect'
import { keyParts, stageKey, stageSeed } from './stageKey.ts'

const stage = Stage.make({
  name: 'score',
  doc: 'Scores films.',
  resource: 'compute',
  inputs: { films: Films, extra: optional(Boxes), arms: many(Scores) },
  outputs: { scores: Scores },
  params: { a: param(Schema.Number, { default: 1, doc: '' }), b: param(Schema.String, { default: '', doc: '' }) },
  entry: new URL('file:///w/score.run.ts'),
})
const given = {
  stage,
  code: { digest: 'c', externals: 'e' },
  runtime: { backend: 'tensorflow', version: '2.21.0', precision: 'fp32' as const },
  params: { a: 1, b: 'x' } as Readonly<Record<string, unknown>>,
  inputs: { films: 'f', arms: ['s', 't'] } as Readonly<Record<string, string | ReadonlyArray<string>>>,
  seed: 1,
}
const keyOf = (change: Partial<typeof given>): string => stageKey(keyParts({ ...given, ...change }))

it('is the sha256 of canonical JSON', () => {
  const parts = keyParts({ ...given, stage: { ...stage, inputs: {}, outputs: {}, pure: true }, inputs: {}, params: {} })
  // printf '{"code":"c","externals":"e","format":1,"inputs":{},"params":{},"runtime":null,"salt":"","schemas":{},"seed":3956612525,"stage":"score"}' | sha256sum
  expect(parts.seed).toBe(3956612525)
  expect(stageKey(parts)).toBe('4b506a27a818bba2803508c93550eaf82f51aa7fa7fb5146a17f7a2b45f475b9')
})

describe('every part changes the key', () => {
  const runtime = given.runtime
  const changes: Readonly<Record<string, Partial<typeof given>>> = {
    'the name of the stage': { stage: { ...stage, name: 'other' } },
    code: { code: { digest: 'd', externals: 'e' } },
    externals: { code: { digest: 'c', externals: 'f' } },
    'backend of the runtime': { runtime: { ...runtime, backend: 'cuda' } },
    'version of the runtime': { runtime: { ...runtime, version: '2.22.0' } },
    'precision of the runtime': { runtime: { ...runtime, precision: 'bf16' as never } },
    'a pure stage has no runtime': { stage: { ...stage, pure: true } },
    'the value of a parameter': { params: { a: 2, b: 'x' } },
    'a parameter of another type': { params: { a: '1', b: 'x' } },
    'minus zero': { params: { a: -0, b: 'x' } },
    zero: { params: { a: 0, b: 'x' } },
    'no number': { params: { a: Number.NaN, b: 'x' } },
    'the name of a parameter': { params: { a: 1, c: 'x' } },
    'the content of an input': { inputs: { films: 'g', arms: ['s', 't'] } },
    'the order of many': { inputs: { films: 'f', arms: ['t', 's'] } },
    'one of many less': { inputs: { films: 'f', arms: ['s'] } },
    'an optional input': { inputs: { films: 'f', arms: ['s', 't'], extra: 'x' } },
    'the same content on another port': { inputs: { extra: 'f', arms: ['s', 't'] } },
    seed: { seed: 2 },
    replica: { params: { a: 1, b: 'x', replica: 1 } },
    salt: { stage: { ...stage, salt: '2' } },
    'the schema of an input': {
      stage: {
        ...stage,
        inputs: {
          ...stage.inputs,
          arms: many({ ...Scores, storage: { layout: 'table', columns: { film: 'utf8' }, sortBy: ['film'] } }),
        },
      },
    },
    'the kind of an output': { stage: { ...stage, outputs: { scores: Boxes as never } } },
    'the schema of an output': { stage: { ...stage, outputs: { scores: { ...Scores, storage: { layout: 'json' } } } } },
  }
  it('and no two changes alike', () => {
    const keys = new Map([['as given', keyOf({})]])
    for (const [name, change] of Object.entries(changes)) keys.set(name, keyOf(change))
    const same = [...keys].filter(([name, key]) => [...keys].some(([other, one]) => other !== name && one === key))
    expect(same).toEqual([])
    expect(keys.size).toBe(25)
  })
  it('the seed alone, in its part of the key, too: a replica draws other numbers', () => {
    expect(stageSeed(1, 'score', { replica: 1 })).not.toBe(stageSeed(1, 'score', {}))
    expect(stageSeed(1, 'score', { replica: 0 })).toBe(stageSeed(1, 'score', {}))
    expect(stageSeed(1, 'other', {})).not.toBe(stageSeed(1, 'score', {}))
    expect(stageSeed(1, 'score', { fold: 3, arm: 'x' })).toBe(stageSeed(1, 'score', {}))
  })
})

it.each<readonly [string, Partial<typeof given>]>([
  ['the order of parameters', { params: { b: 'x', a: 1 } }],
  ['the order of inputs', { inputs: { arms: ['s', 't'], films: 'f' } }],
  [
    'the order of ports',
    { stage: { ...stage, inputs: Object.fromEntries(Object.entries(stage.inputs).toReversed()) as never } },
  ],
  ['the path of the entry', { stage: { ...stage, entry: new URL('file:///elsewhere/score.run.ts') } }],
  ['the doc and the rows', { stage: { ...stage, doc: 'Other words.', rows: ['G1'] } }],
  ['the resource class', { stage: { ...stage, resource: 'light' } }],
  ['the documentation of parameters', { stage: { ...stage, params: {} as never } }],
  ['what is wired to no declared port', { inputs: { ...given.inputs, labels: 'l' } }],
  ['modules and versions of the code', { code: { ...given.code, modules: { m: '1' }, versions: { v: '2' } } as never }],
])('%s does not change the key', (_name, change) => {
  expect(keyOf(change)).toBe(keyOf({}))
})

it('a pure stage does not depend on the runtime', () => {
  const pure = { ...stage, pure: true }
  const runtime = { ...given.runtime, version: 'not set up' }
  expect(keyOf({ stage: pure, runtime })).toBe(keyOf({ stage: pure }))
})
