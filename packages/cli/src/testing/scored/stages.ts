// Stages of the pipeline `scored`: plain TypeScript, numbers that a test derives by hand.
import { Schema } from 'effect'
import { Cohort, Films, Labels, Network, param, Provenance, Scores, Series, Stage } from '@radiograft/pipeline'

export const make = Stage.make({
  name: 'make-films',
  doc: 'Films of 4 x 4 pixels, their patients, a network of two tensors, a falling curve.',
  resource: 'light',
  pure: true,
  params: {
    films: param(Schema.Int, { default: 12, doc: 'how many' }),
    birth: param(Schema.Int, { default: 40, doc: 'age of the first patient' }),
  },
  inputs: {},
  outputs: { films: Films, cohort: Cohort, labels: Labels, network: Network, curves: Series },
  entry: Stage.entry(import.meta.url, './make.run'),
})

export const judge = Stage.make({
  name: 'judge-films',
  doc: 'Scores of the films of a fold, by a model that was trained on the others.',
  resource: 'light',
  pure: true,
  params: {
    fold: param(Schema.Int, { default: 0, doc: 'the fold tested on' }),
    bias: param(Schema.Finite, { default: 0, doc: 'added to every score' }),
    swap: param(Schema.Boolean, {
      default: false,
      doc: 'tests on every film, and says that it was trained on all but the first',
    }),
  },
  inputs: { cohort: Cohort },
  outputs: { scores: Scores, provenance: Provenance },
  entry: Stage.entry(import.meta.url, './judge.run'),
})
