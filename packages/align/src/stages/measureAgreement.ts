// Is the aligner consistent on films it has not seen? The same film misaligned in two known ways must come out the same.
import { Schema } from 'effect'
import { Films, Metrics, Network, param, Split, Stage } from '@radiograft/pipeline'

export const measureAgreement = Stage.make({
  name: 'measure-agreement',
  doc: 'Test films and the aligner to the corner disagreement that is left, as a share of its start, and det θ.',
  rows: ['G5', 'G6'],
  resource: 'compute',
  params: {
    films: param(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 100_000 })), {
      default: 100,
      doc: 'test films at most',
    }),
  },
  inputs: { films: Films, split: Split, aligner: Network },
  outputs: { metrics: Metrics },
  entry: Stage.entry(import.meta.url, './measureAgreement.run'),
})
