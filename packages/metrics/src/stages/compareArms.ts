// Every arm's figures with intervals, and paired differences between arms on the same patients.
import { Schema } from 'effect'
import { many, Metrics, param, Scores, Stage } from '@radiograft/pipeline'

export const compareArms = Stage.make({
  name: 'compare-arms',
  doc: 'Per-film scores of arms to means with intervals and paired differences; folds of one arm are pooled.',
  rows: ['G24', 'G25', 'G35'],
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
  inputs: { arms: many(Scores) },
  outputs: { metrics: Metrics },
  entry: Stage.entry(import.meta.url, './compareArms.run'),
})
