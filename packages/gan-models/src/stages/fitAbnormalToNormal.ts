// Fits the abnormal-to-normal GAN: a film straight to what it would be without its lesion (G10, eq 3).
import { Cohort, Films, Labels, Network, optional, Provenance, Series, Split, Stage } from '@radiograft/pipeline'
import { ganParams } from './ganParams.ts'

export const fitAbnormalToNormal = Stage.make({
  name: 'fit-abnormal-to-normal',
  doc: 'Training films with lesions, their pseudo-normals and normal films to a generator that takes the lesion away.',
  rows: ['G10', 'G11', 'G12', 'G13', 'G32', 'G33'],
  resource: 'compute',
  params: ganParams,
  inputs: {
    films: Films,
    pseudoNormals: Films,
    labels: Labels,
    cohort: Cohort,
    split: Split,
    init: optional(Network),
    initProvenance: optional(Provenance),
  },
  outputs: { generator: Network, discriminator: Network, curves: Series, provenance: Provenance },
  entry: Stage.entry(import.meta.url, './fitAbnormalToNormal.run'),
})
