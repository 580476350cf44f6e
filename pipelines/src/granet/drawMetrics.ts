// The answer in one picture: average precision of every arm with its interval, and the paired differences around zero.
import { Schema } from 'effect'
import { Figure, many, Metrics, param, Stage } from '@radiograft/pipeline'

export const drawMetrics = Stage.make({
  name: 'draw-metrics',
  doc: 'Metrics of all arms to a plot of their average precision and of the differences between arms, with intervals.',
  rows: ['G24', 'G25', 'G35'],
  resource: 'light',
  pure: true,
  params: {
    metrics: param(Schema.Array(Schema.String), {
      default: ['ap-rsna-0.40:0.75', 'ap-rsna-0.50', 'ap-rsna-0.40:0.60-noFN'],
      doc: 'metrics that are drawn, the primary one first',
    }),
  },
  inputs: { metrics: many(Metrics) },
  outputs: { figure: Figure },
  entry: Stage.entry(import.meta.url, './drawMetrics.run'),
})
