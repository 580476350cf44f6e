// Films through an extractor, one row a film (rows P2, P9, P11). Without a network: pixels at 32 x 32.
import { Schema } from 'effect'
import { Features, Films, Network, optional, param, Stage } from '@radiograft/pipeline'

export const extractFeatures = Stage.make({
  name: 'extract-features',
  doc: 'Films and a feature network, or a fitted classifier, to one row of numbers a film; without a network its pixels at 32 x 32.',
  rows: ['P2', 'P9', 'P11'],
  resource: 'compute',
  params: {
    batch: param(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 256 })), {
      default: 8,
      doc: 'films a call of the network',
    }),
  },
  inputs: { films: Films, network: optional(Network) },
  outputs: { features: Features },
  entry: Stage.entry(import.meta.url, './extractFeatures.run'),
})
