// The nearest normal film of the training part for every film that has a box (G7), or for every film of some pairs: the
// content of the null control, normal lung in the shape of a lesion.
import { Schema } from 'effect'
import { Boxes, Cohort, Films, Labels, optional, Pairs, param, Provenance, Split, Stage } from '@radiograft/pipeline'
import { neighbourParams } from './neighbourParams.ts'

export const nearestNormal = Stage.make({
  name: 'nearest-normal',
  doc: 'Films with boxes, or the hosts of pairs, to their nearest films of class Normal in the training part, never of the same patient.',
  rows: ['G7', 'G31'],
  resource: 'light',
  pure: true,
  params: {
    ...neighbourParams,
    donorClass: param(Schema.String, {
      default: 'Normal',
      doc: 'the class that may lend its lung',
      source: 'paper',
      row: 'G7',
    }),
  },
  inputs: { films: Films, boxes: Boxes, labels: Labels, cohort: Cohort, split: Split, hosts: optional(Pairs) },
  outputs: { pairs: Pairs, provenance: Provenance },
  entry: Stage.entry(import.meta.url, './nearestNormal.run'),
})
