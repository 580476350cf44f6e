// What several training seeds of one pipeline gave, as one row a figure with an interval over patients and seeds.
import { Schema } from 'effect'
import { many, Metrics, param, Stage, Table } from '@radiograft/pipeline'

export const poolSeeds = Stage.make({
  name: 'pool-seeds',
  doc: 'Metrics of several training seeds to their means, with intervals over patients and seeds, and each seed’s own value beside them.',
  rows: ['P1', 'P2', 'P4', 'P5', 'P8', 'P9', 'P10', 'P11'],
  resource: 'light',
  pure: true,
  params: {
    seeds: param(Schema.Array(Schema.Int), { default: [], doc: 'training seed of each wired artefact' }),
  },
  inputs: { metrics: many(Metrics) },
  outputs: { metrics: Metrics, bySeed: Table },
  entry: Stage.entry(import.meta.url, './poolSeeds.run'),
})
