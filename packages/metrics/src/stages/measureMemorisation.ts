// Whether generated films are training films: each one's nearest training and nearest held-out film, in pixels and in features.
import { Schema } from 'effect'
import {
  Features,
  Figure,
  Films,
  Metrics,
  many,
  param,
  Provenance,
  Scores,
  Split,
  Stage,
  Table,
} from '@radiograft/pipeline'

export const measureMemorisation = Stage.make({
  name: 'measure-memorisation',
  doc: 'Generated films to their nearest training and held-out films, near copies, and whether more films copy than chance explains.',
  rows: ['P10'],
  resource: 'light',
  pure: true,
  params: {
    arm: param(Schema.String, { default: 'generator', doc: 'the generator, in the rows of metrics' }),
    rate: param(Schema.Number.check(Schema.isBetween({ minimum: 0.00001, maximum: 0.5 })), {
      default: 0.01,
      doc: 'share of honest films that may be called near copies; with fewer held-out films than show it, 1 in their number and one',
    }),
    level: param(Schema.Number.check(Schema.isBetween({ minimum: 0.00001, maximum: 0.5 })), {
      default: 0.01,
      doc: 'error of the finding that a generator memorises, in all feature spaces together',
    }),
    side: param(Schema.Int.check(Schema.isBetween({ minimum: 4, maximum: 256 })), {
      default: 32,
      doc: 'films are averaged over areas to so many pixels a side before they are compared (G7: 32)',
    }),
    resamples: param(Schema.Int.check(Schema.isBetween({ minimum: 2, maximum: 100_000 })), {
      default: 2000,
      doc: 'bootstrap resamples over patients and generated films, of how often these are the nearer ones to training',
    }),
    compared: param(Schema.Int.check(Schema.isBetween({ minimum: 2, maximum: 100_000 })), {
      default: 1000,
      doc: 'films of each part, at most, of which it is asked whether generated ones lean to training; near copies are looked for among all',
    }),
    permutations: param(Schema.Int.check(Schema.isBetween({ minimum: 199, maximum: 100_000 })), {
      default: 999,
      doc: 'deals of the patients to training and held-out part that say what is chance; more where spaces and level need them',
    }),
    shown: param(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1000 })), {
      default: 20,
      doc: 'films that are no near copies in the table of neighbours, the nearest of each space',
    }),
  },
  inputs: {
    real: Films,
    split: Split,
    generated: Films,
    /** of the films of the split, and of the generated films by the same extractor; in as many feature spaces as there are, or none */
    realFeatures: many(Features),
    generatedFeatures: many(Features),
    /** what the generator has seen; films of it beyond the split's training part count as training films too */
    provenance: many(Provenance),
  },
  outputs: { metrics: Metrics, scores: Scores, neighbours: Table, figure: Figure },
  entry: Stage.entry(import.meta.url, './measureMemorisation.run'),
})
