// Sets every claim of the paper beside our contrast and gives one verdict a claim: holds, fails, or cannot tell.
import { Schema } from 'effect'
import { many, Metrics, param, Stage, Table } from '@radiograft/pipeline'

export const judgeClaims = Stage.make({
  name: 'judge-claims',
  doc: 'Verdicts on the paper’s claims from our contrasts.',
  rows: ['G24', 'G25', 'G26', 'G27', 'G35'],
  resource: 'light',
  pure: true,
  params: {
    seeds: param(Schema.Int, {
      default: 1,
      doc: 'training seeds behind each contrast; one seed cannot settle a claim',
    }),
  },
  inputs: { metrics: many(Metrics) },
  outputs: { verdicts: Table },
  entry: Stage.entry(import.meta.url, './judgeClaims.run'),
})
