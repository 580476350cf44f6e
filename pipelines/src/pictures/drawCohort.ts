// What the films are: a sheet with a few films of every class, and a table that counts films, patients and boxes by part.
import { Schema } from 'effect'
import { Boxes, Cohort, Figure, Films, Labels, param, Split, Stage, Table } from '@radiograft/pipeline'

export const drawCohort = Stage.make({
  name: 'draw-cohort',
  doc: 'Films, boxes, labels and split to a contact sheet by class, and counts by part.',
  rows: ['G1', 'G2', 'G3', 'G29'],
  resource: 'light',
  pure: true,
  params: {
    films: param(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 12 })), {
      default: 6,
      doc: 'films shown of each class',
    }),
  },
  inputs: { films: Films, boxes: Boxes, labels: Labels, cohort: Cohort, split: Split },
  outputs: { sheet: Figure, counts: Table },
  entry: Stage.entry(import.meta.url, './drawCohort.run'),
})
