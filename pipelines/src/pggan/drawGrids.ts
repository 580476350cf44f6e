// Generated films of every generator beside films of patients who took part in no training, drawn alike, so that a reader sees what
// the figures are about.
import { Schema } from 'effect'
import { Figure, Films, many, param, Split, Stage } from '@radiograft/pipeline'

export const drawGrids = Stage.make({
  name: 'draw-grids',
  doc: 'Real held-out films and the films of each generator to one figure, the same number of each.',
  rows: ['P1', 'P3', 'P9'],
  resource: 'light',
  pure: true,
  params: {
    names: param(Schema.Array(Schema.String), { default: [], doc: 'the name of each wired set of generated films' }),
    shown: param(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 64 })), {
      default: 16,
      doc: 'films of each set, the first ones of it: none is chosen by its looks',
    }),
  },
  inputs: {
    real: Films,
    split: Split,
    /** in the order of `names` */
    sets: many(Films),
  },
  outputs: { grid: Figure },
  entry: Stage.entry(import.meta.url, './drawGrids.run'),
})
