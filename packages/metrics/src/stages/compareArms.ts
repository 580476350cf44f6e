// Every arm's figures with intervals, and paired differences between arms on the same patients and training seeds.
import { Schema } from 'effect'
import { many, Metrics, param, Scores, Stage } from '@radiograft/pipeline'
import { rsnaTable1 } from '../rsnaProtocol.ts'
import { armParams } from './armParams.ts'

export const compareArms = Stage.make({
  name: 'compare-arms',
  doc: 'Per-film scores of arms to means with intervals and paired differences, over patients and seeds; folds are pooled.',
  rows: ['G24', 'G25', 'G35'],
  resource: 'light',
  pure: true,
  params: {
    ...armParams,
    tested: param(Schema.Array(Schema.String), {
      default: [rsnaTable1.name],
      doc: 'metrics whose differences get p, p by Holm over all contrasts, and simultaneous bounds',
    }),
  },
  inputs: { arms: many(Scores) },
  outputs: { metrics: Metrics },
  entry: Stage.entry(import.meta.url, './compareArms.run'),
})
