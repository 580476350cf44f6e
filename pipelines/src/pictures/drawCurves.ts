// Training curves: every series of a fit over its steps, quantities of unlike size in panels of their own.
import { Schema } from 'effect'
import { Figure, many, param, Series, Stage } from '@radiograft/pipeline'

export const drawCurves = Stage.make({
  name: 'draw-curves',
  doc: 'Losses, gradient norms and learning rates of one or more fits over steps, as one figure.',
  rows: ['G5', 'G9', 'G10', 'G17'],
  resource: 'light',
  pure: true,
  params: {
    title: param(Schema.String, { default: 'Training', doc: 'what was trained' }),
    names: param(Schema.Array(Schema.String), {
      default: [],
      doc: 'the name of each wired fit; needed where there are several',
    }),
  },
  inputs: { curves: many(Series) },
  outputs: { figure: Figure },
  entry: Stage.entry(import.meta.url, './drawCurves.run'),
})
