// What an effect is owed to: the orders of arms that theory fixes, each beside our paired difference, with a verdict.
import { Schema } from 'effect'
import { many, Metrics, param, Stage, Table } from '@radiograft/pipeline'

export const judgeControls = Stage.make({
  name: 'judge-controls',
  doc: 'Contrasts of arms to a table of the orders that theory fixes: as expected, a loss that matters excluded, against expectation, or cannot tell.',
  rows: ['G15', 'G22', 'G30', 'G32'],
  resource: 'light',
  pure: true,
  params: {
    metric: param(Schema.String, { default: 'ap-rsna-0.40:0.75', doc: 'metric whose differences are judged' }),
    margin: param(Schema.Number, {
      default: 0.016,
      doc: 'difference that would matter: the gain of synthesis in Table 1 (.256 − .240, G24); that of attention is .002 to .044',
    }),
    seeds: param(Schema.Int, { default: 1, doc: 'training seeds behind each contrast; one seed settles no order' }),
  },
  inputs: { metrics: many(Metrics) },
  outputs: { controls: Table },
  entry: Stage.entry(import.meta.url, './judgeControls.run'),
})
