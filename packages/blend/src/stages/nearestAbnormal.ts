// The nearest film with a lesion for every film that shall receive one (G22): the roles of `nearest-normal` swapped. Hosts
// and donors both come from the training part (G31).
import { Schema } from 'effect'
import { Boxes, Cohort, Films, Labels, Pairs, param, Provenance, Split, Stage, Table } from '@radiograft/pipeline'
import { neighbourParams } from './neighbourParams.ts'

export const nearestAbnormal = Stage.make({
  name: 'nearest-abnormal',
  doc: 'Training films without a box to their nearest training films with boxes, never of the same patient, and how many there are of each.',
  rows: ['G7', 'G22', 'G31'],
  resource: 'light',
  pure: true,
  params: {
    ...neighbourParams,
    donors: param(Schema.Literals(['nearest', 'spread']), {
      default: 'nearest' as const,
      doc: 'who lends: the nearest film, which tends to be one with little lesion, or every film of the pool equally often (k is then 1)',
      source: 'paper',
      row: 'G22',
    }),
    hosts: param(Schema.Literals(['normal', 'negatives']), {
      default: 'normal' as const,
      doc: 'which films receive a lesion: those of the normal class, or all without the finding; the paper says both',
      source: 'paper',
      row: 'G31',
    }),
    hostClass: param(Schema.String, { default: 'Normal', doc: 'the normal class', source: 'paper', row: 'G31' }),
    most: param(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000 })), {
      default: 0,
      doc: 'hosts at most, drawn by the seed; 0 is all',
      row: 'G22',
    }),
  },
  inputs: { films: Films, boxes: Boxes, labels: Labels, cohort: Cohort, split: Split },
  outputs: { pairs: Pairs, provenance: Provenance, counts: Table },
  entry: Stage.entry(import.meta.url, './nearestAbnormal.run'),
})
