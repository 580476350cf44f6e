// What is true of the synthetic films (G22): the boxes and class of the donor, the person of the host. With `label: host` the
// lesion is there and nobody says so: the control "label removed".
import { Schema } from 'effect'
import { Boxes, Cohort, Films, Labels, Pairs, param, Split, Stage } from '@radiograft/pipeline'
import { rankParam } from './neighbourParams.ts'

export const syntheticTables = Stage.make({
  name: 'synthetic-tables',
  doc: 'Hosts and donors to the boxes, labels, cohort and split of the synthetic films <host>+<donor>.',
  rows: ['G22', 'G31'],
  resource: 'light',
  pure: true,
  params: {
    rank: rankParam,
    label: param(Schema.Literals(['donor', 'host']), {
      default: 'donor' as const,
      doc: 'whose boxes and class a synthetic film has: the donor’s, or the host’s, that is no box',
      source: 'paper',
      row: 'G22',
    }),
  },
  inputs: { films: Films, boxes: Boxes, labels: Labels, cohort: Cohort, split: Split, pairs: Pairs },
  outputs: { boxes: Boxes, labels: Labels, cohort: Cohort, split: Split },
  entry: Stage.entry(import.meta.url, './syntheticTables.run'),
})
