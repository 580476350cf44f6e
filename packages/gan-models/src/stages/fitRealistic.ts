// Fits the radio-realistic GAN: blended films that look like real normal ones (G9, eq 2).
import { Cohort, Films, Labels, Network, optional, Provenance, Series, Split, Stage } from '@radiograft/pipeline'
import { ganParams } from './ganParams.ts'

export const fitRealistic = Stage.make({
  name: 'fit-realistic',
  doc: 'Blended films and normal films of the training part to a generator that makes a graft look real and keeps the rest.',
  rows: ['G9', 'G11', 'G12', 'G13', 'G32', 'G33'],
  resource: 'compute',
  params: ganParams,
  inputs: {
    films: Films,
    blended: Films,
    labels: Labels,
    cohort: Cohort,
    split: Split,
    init: optional(Network),
    initProvenance: optional(Provenance),
  },
  outputs: { generator: Network, curves: Series, provenance: Provenance },
  entry: Stage.entry(import.meta.url, './fitRealistic.run'),
})
