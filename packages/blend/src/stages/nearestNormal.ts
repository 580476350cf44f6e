// The nearest normal film of the training part for every film that has a box (G7).
import { Schema } from 'effect'
import { Boxes, Cohort, Films, Labels, Pairs, param, Provenance, Split, Stage } from '@radiograft/pipeline'

export const nearestNormal = Stage.make({
  name: 'nearest-normal',
  doc: 'Films with boxes to their nearest films of class Normal in the training part, never of the same patient.',
  rows: ['G7', 'G31'],
  resource: 'light',
  pure: true,
  params: {
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
    donorClass: param(Schema.String, {
      default: 'Normal',
      doc: 'the class that may lend its lung',
      source: 'paper',
      row: 'G7',
    }),
  },
  inputs: { films: Films, boxes: Boxes, labels: Labels, cohort: Cohort, split: Split },
  outputs: { pairs: Pairs, provenance: Provenance },
  entry: Stage.entry(import.meta.url, './nearestNormal.run'),
})
