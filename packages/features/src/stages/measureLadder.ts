// Does a distance rise when films get worse (P2)? Asked of the very extractor whose distances a run reports.
import { Schema } from 'effect'
import { Cohort, Figure, Films, Metrics, Network, optional, param, Split, Stage, Table } from '@radiograft/pipeline'

const count = (minimum: number, maximum: number) => Schema.Int.check(Schema.isBetween({ minimum, maximum }))

export const measureLadder = Stage.make({
  name: 'measure-ladder',
  doc: 'Held-out films, one half against the other with noise, blur, less contrast, occlusion and swirl of five strengths: KID at each.',
  rows: ['P2'],
  resource: 'compute',
  params: {
    films: param(count(4, 10_000), { default: 200, doc: 'held-out films at most, the first by their ids' }),
    batch: param(count(1, 256), { default: 8, doc: 'films a call of the network' }),
    resamples: param(count(2, 100_000), { default: 400, doc: 'bootstrap resamples over patients' }),
  },
  inputs: { films: Films, split: Split, cohort: Cohort, network: optional(Network) },
  outputs: { metrics: Metrics, ladder: Table, figure: Figure },
  entry: Stage.entry(import.meta.url, './measureLadder.run'),
})
