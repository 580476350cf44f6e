// Copies the donor's pixels into every box of a film and blends the seam away (G8): I_b of the paper.
import { Schema } from 'effect'
import { Boxes, Films, Pairs, param, Stage } from '@radiograft/pipeline'

export const graft = Stage.make({
  name: 'graft',
  doc: 'Films, their boxes and donors to pasted and Poisson-blended films.',
  rows: ['G8'],
  resource: 'light',
  pure: true,
  params: {
    rank: param(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 63 })), {
      default: 0,
      doc: 'which donor: 0 is the nearest',
      source: 'paper',
      row: 'G7',
    }),
  },
  inputs: { films: Films, boxes: Boxes, pairs: Pairs },
  outputs: { pasted: Films, blended: Films },
  entry: Stage.entry(import.meta.url, './graft.run'),
})
