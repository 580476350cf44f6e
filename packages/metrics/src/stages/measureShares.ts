// Which classes generated films are of, by a classifier that is corrected for its errors, beside real films by the same classifier.
import { Schema } from 'effect'
import {
  Findings,
  Labels,
  many,
  Metrics,
  optional,
  param,
  Predictions,
  Provenance,
  Split,
  Stage,
  Table,
} from '@radiograft/pipeline'
import { namesParam } from './generatedArms.ts'

export const measureShares = Stage.make({
  name: 'measure-shares',
  doc: 'Predictions of validation, held-out and generated films to corrected shares of classes, their distance, and every class found.',
  rows: ['P4', 'P11'],
  resource: 'light',
  pure: true,
  params: {
    names: namesParam,
    threshold: param(Schema.Number.check(Schema.isBetween({ minimum: 0, maximum: 1 })), {
      default: 0.5,
      doc: 'a finding is predicted from this probability on; of exclusive classes the likeliest is',
    }),
    margin: param(Schema.Number.check(Schema.isBetween({ minimum: 0, maximum: 1 })), {
      default: 0.1,
      doc: 'shares are called similar only where they, and real films split in two, lie no farther apart than this (95 %), total variation',
    }),
    level: param(Schema.Number.check(Schema.isBetween({ minimum: 0.0001, maximum: 0.5 })), {
      default: 0.05,
      doc: 'error of each verdict',
    }),
    splits: param(Schema.Int.check(Schema.isBetween({ minimum: 2, maximum: 100_000 })), {
      default: 500,
      doc: 'random splits of held-out patients in two',
    }),
    resamples: param(Schema.Int.check(Schema.isBetween({ minimum: 2, maximum: 100_000 })), {
      default: 2000,
      doc: 'bootstrap resamples over patients and generated films',
    }),
  },
  inputs: {
    /** of the split's validation films at least; how the classifier errs is read from them */
    validation: Predictions,
    /** of the split's test films at least: what generated films stand beside */
    heldOut: Predictions,
    /** one of each generator, by the same classifier */
    generated: many(Predictions),
    /** true classes, of which a film has one */
    labels: Labels,
    /** true findings; where wired each finding is judged by itself, present or absent, and labels are not looked at */
    findings: optional(Findings),
    split: Split,
    /** of classifier and generators: neither was fitted on validation or held-out patients */
    provenance: many(Provenance),
  },
  outputs: { metrics: Metrics, shares: Table, verdicts: Table },
  entry: Stage.entry(import.meta.url, './measureShares.run'),
})
