// What `nearest-normal` and `nearest-abnormal` have in common: how near is measured (G7).
import { Schema } from 'effect'
import { param } from '@radiograft/pipeline'

export const neighbourParams = {
  thumbnail: param(Schema.Int.check(Schema.isBetween({ minimum: 4, maximum: 256 })), {
    default: 32,
    doc: 'side of the thumbnails that are compared, pixels',
    source: 'paper',
    row: 'G7',
  }),
  k: param(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 64 })), {
    default: 1,
    doc: 'donors a film, nearest first',
    source: 'paper',
    row: 'G7',
  }),
  standardise: param(Schema.Boolean, {
    default: false,
    doc: 'thumbnails minus their mean, divided by their deviation: brightness then does not choose',
    source: 'ours',
  }),
}

/** Which donor of each film a stage takes. */
export const rankParam = param(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 63 })), {
  default: 0,
  doc: 'which donor: 0 is the nearest',
  source: 'paper',
  row: 'G7',
})
