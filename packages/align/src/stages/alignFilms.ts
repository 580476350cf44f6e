// Every film and its boxes in the aligner's frame (G5, G6).
import { Schema } from 'effect'
import { Boxes, Films, Network, param, Stage, Transforms } from '@radiograft/pipeline'

export const alignFilms = Stage.make({
  name: 'align-films',
  doc: 'Films and boxes to aligned films, their boxes (corners, enclosing box) and the maps.',
  rows: ['G5', 'G6'],
  resource: 'compute',
  params: {
    padding: param(Schema.Literals(['border', 'zeros']), {
      default: 'border',
      doc: 'what lies beyond the film',
      source: 'ours',
      row: 'G6',
    }),
  },
  inputs: { films: Films, boxes: Boxes, aligner: Network },
  outputs: { films: Films, boxes: Boxes, transforms: Transforms },
  entry: Stage.entry(import.meta.url, './alignFilms.run'),
})
