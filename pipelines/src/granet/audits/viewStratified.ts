// Each arm on PA and on AP films apart: sicker patients are filmed lying down, so that a figure over both views may be a
// reader of the view (phantom answer 12).
import { Schema } from 'effect'
import { Cohort, many, Metrics, param, Scores, Stage } from '@radiograft/pipeline'

export const viewStratified = Stage.make({
  name: 'view-stratified',
  doc: 'Per-film scores of arms to means for each view and paired differences within it, with intervals over patients and seeds.',
  rows: ['G16', 'G24'],
  resource: 'light',
  pure: true,
  params: {
    names: param(Schema.Array(Schema.String), {
      default: [],
      doc: 'the arm of each wired artefact; equal names with equal seeds are folds of one arm',
    }),
    seeds: param(Schema.Array(Schema.Int), {
      default: [],
      doc: 'the training seed of each wired artefact; empty: one seed. A metric in which some seed of an arm counts no film is left out',
    }),
    contrasts: param(Schema.Array(Schema.String), {
      default: [],
      doc: 'paired differences to take, as `a − b`; those with a missing arm are left out',
    }),
    resamples: param(Schema.Int.check(Schema.isBetween({ minimum: 2, maximum: 100_000 })), {
      default: 2000,
      doc: 'bootstrap resamples over patients, and over seeds where there are several',
    }),
  },
  inputs: { arms: many(Scores), cohort: Cohort },
  outputs: { metrics: Metrics },
  entry: Stage.entry(import.meta.url, './viewStratified.run'),
})
