// Each arm on PA and on AP films apart: sicker patients are filmed lying down, so that a figure over both views may be a
// reader of the view (phantom answer 12).
import { Schema } from 'effect'
import { Cohort, many, Metrics, param, Scores, Stage } from '@radiograft/pipeline'

export const viewStratified = Stage.make({
  name: 'view-stratified',
  doc: 'Per-film scores of arms to means with intervals for each view, and paired differences within it.',
  rows: ['G16', 'G24'],
  resource: 'light',
  pure: true,
  params: {
    names: param(Schema.Array(Schema.String), {
      default: [],
      doc: 'the arm of each wired artefact; equal names are folds of one arm',
    }),
    contrasts: param(Schema.Array(Schema.String), {
      default: [],
      doc: 'paired differences to take, as `a − b`; those with a missing arm are left out',
    }),
    resamples: param(Schema.Int.check(Schema.isBetween({ minimum: 2, maximum: 100_000 })), {
      default: 2000,
      doc: 'bootstrap resamples over patients',
    }),
  },
  inputs: { arms: many(Scores), cohort: Cohort },
  outputs: { metrics: Metrics },
  entry: Stage.entry(import.meta.url, './viewStratified.run'),
})
