// None of the marked lines may compile: `tsc` is the test, and an unused `@ts-expect-error` fails it.
import { expect, it } from '@jest/globals'
import { Schema } from 'effect'
import { Boxes, Dataset, Films, many, optional, param, Pipeline, Scores, Stage } from './index.ts'
import type { RunOf } from './index.ts'

const read = Stage.make({
  name: 'read',
  doc: '',
  resource: 'io',
  inputs: { dataset: Dataset },
  outputs: { films: Films, boxes: Boxes },
  params: {},
  entry: Stage.entry('file:///x.ts', './read.run'),
})
const score = Stage.make({
  name: 'score',
  doc: '',
  resource: 'light',
  inputs: { films: Films, boxes: optional(Boxes), arms: many(Scores) },
  outputs: { scores: Scores },
  params: { strength: param(Schema.Number, { default: 1, doc: '' }) },
  entry: Stage.entry('file:///x.ts', './score.run'),
})
// @ts-expect-error a default that its schema does not take
param(Schema.Number, { default: 'one', doc: '' })

export const wrong = Pipeline.make({
  name: 'wrong',
  doc: '',
  datasets: { rsna: Dataset, weights: optional(Dataset) },
  params: { size: 8 },
  paramDocs: { size: '' },
  presets: { quick: { size: 4, axes: { fold: [0] } }, default: {}, paper: {} },
  axes: { fold: [0, 1] },
  cell: (g, data, p, at) => {
    const raw = g('read', read, { dataset: data.rsna })
    g('a', score, { films: raw.films, arms: [] }, { strength: p.size })
    // @ts-expect-error boxes are not films
    g('b', score, { films: raw.boxes, arms: [] })
    // @ts-expect-error unknown parameter
    g('c', score, { films: raw.films, arms: [] }, { strenght: 1 })
    // @ts-expect-error missing input
    g('d', score, { arms: [] })
    // @ts-expect-error one where many are due
    g('e', score, { films: raw.films, arms: raw.films })
    // @ts-expect-error no such axis
    void at.arm
    // @ts-expect-error no such dataset
    void data.nih
    // @ts-expect-error a dataset that may not be bound
    g('f', read, { dataset: data.weights })
    if (data.weights) g('g', read, { dataset: data.weights })
    // @ts-expect-error no such parameter
    void p.steps
    return raw
  },
  gather: (_g, cells) => ({ films: cells[0]!.out.films }),
})
export const wrongPreset = Pipeline.make({
  name: 'wrong-preset',
  doc: '',
  datasets: {},
  params: {},
  paramDocs: {},
  // @ts-expect-error a fold that the axis does not have
  presets: { quick: { axes: { fold: [7] } }, default: {}, paper: {} },
  axes: { fold: [0, 1] },
  cell: () => 0,
  gather: () => ({}),
})
export const right: RunOf<typeof score> = ({ params, inputs }) => ({
  scores: inputs.films.ids.map((film) => ({ film, patient: film, metric: 'm', value: params.strength })),
})
// @ts-expect-error an entry that returns boxes where scores are due
export const run: RunOf<typeof score> = () => ({ scores: [{ film: 'a', x0: 0, y0: 0, x1: 1, y1: 1, label: '' }] })

it('is checked by tsc', () => expect([wrong.name, typeof right]).toEqual(['wrong', 'function']))
