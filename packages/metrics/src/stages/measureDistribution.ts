// How near generated films are to real ones in a feature space, each figure between real films and a memoriser at equal numbers.
import { Schema } from 'effect'
import { Cohort, Features, many, Metrics, param, Provenance, Split, Stage, Table } from '@radiograft/pipeline'
import { namesParam } from './generatedArms.ts'

export const measureDistribution = Stage.make({
  name: 'measure-distribution',
  doc: 'Features of real and generated films to KID, FID, precision and recall with intervals, between real films and a memoriser.',
  rows: ['P2', 'P9', 'P10', 'P11'],
  resource: 'light',
  pure: true,
  params: {
    names: namesParam,
    contrasts: param(Schema.Array(Schema.String), {
      default: [],
      doc: 'differences `a − b` and ratios `a / b` of arms; `real-floor` and `memoriser` are arms too',
    }),
    dims: param(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 64 })), {
      default: 64,
      doc: 'dimensions of the projection in which FID is taken, fitted on training films; fewer where features have fewer',
    }),
    neighbours: param(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 50 })), {
      default: 3,
      doc: 'k of precision and recall (Kynkäänniemi 2019: 3)',
    }),
    films: param(Schema.Int.check(Schema.isBetween({ minimum: 2, maximum: 10_000 })), {
      default: 2000,
      doc: 'at most so many films of each set, drawn by the seed: time grows with their square',
    }),
    resamples: param(Schema.Int.check(Schema.isBetween({ minimum: 2, maximum: 100_000 })), {
      default: 400,
      doc: 'bootstrap resamples over patients and generated films; FID of 500 films takes 7 ms each',
    }),
  },
  inputs: {
    /** of all films of the split */
    real: Features,
    cohort: Cohort,
    split: Split,
    /** by the same extractor, one of each generator */
    generated: many(Features),
    /** what the extractor and the generators have seen: none of it may be held-out patients */
    provenance: many(Provenance),
  },
  outputs: { metrics: Metrics, figures: Table },
  entry: Stage.entry(import.meta.url, './measureDistribution.run'),
})
