// What synthesis adds at each number of positive training films: the dose curve, and its numbers.
import { Schema } from 'effect'
import { Figure, many, Metrics, param, Stage, Table } from '@radiograft/pipeline'

export const drawDoses = Stage.make({
  name: 'draw-doses',
  doc: 'Metrics of the arms with few positives to a plot of AP and of synthesis’ gain by number of positives, with intervals.',
  rows: ['G22', 'G30'],
  resource: 'light',
  pure: true,
  params: {
    metric: param(Schema.String, { default: 'ap-rsna-0.40:0.75', doc: 'metric that is drawn' }),
    seeds: param(Schema.Int, { default: 1, doc: 'training seeds behind each point; one seed settles no order' }),
  },
  inputs: { metrics: many(Metrics) },
  outputs: { figure: Figure, doses: Table },
  entry: Stage.entry(import.meta.url, './drawDoses.run'),
})
