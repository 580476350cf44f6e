// What a fitted classifier says of films (P4): generated or real ones, by the same network.
import { Schema } from 'effect'
import { Films, Network, param, Predictions, Stage } from '@radiograft/pipeline'

export const classify = Stage.make({
  name: 'classify',
  doc: 'Films of any size and a fitted classifier to the probability of each class, film by film.',
  rows: ['P4', 'P11'],
  resource: 'compute',
  params: {
    batch: param(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1024 })), {
      default: 64,
      doc: 'films a call of the network',
    }),
  },
  inputs: { films: Films, classifier: Network },
  outputs: { predictions: Predictions },
  entry: Stage.entry(import.meta.url, './classify.run'),
})
