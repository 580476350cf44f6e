// Fits a radio-realistic GAN: blended films that look like real ones (G9, eq 2): pseudo-normals like normal films, and with
// `reals: 'abnormal'` pseudo-abnormals like abnormal ones (G30).
import { Schema } from 'effect'
import { Cohort, Films, Labels, Network, optional, param, Provenance, Series, Split, Stage } from '@radiograft/pipeline'
import { ganParams } from './ganParams.ts'

export const fitRealistic = Stage.make({
  name: 'fit-realistic',
  doc: 'Blended films and real films of the training part to a generator that makes a graft look real and keeps the rest.',
  rows: ['G9', 'G11', 'G12', 'G13', 'G30', 'G32', 'G33'],
  resource: 'compute',
  params: {
    ...ganParams,
    reals: param(Schema.Literals(['normal', 'abnormal']), {
      default: 'normal' as const,
      doc: 'which real films the generator’s are to look like: those of the normal class, or the positives (G30)',
      source: 'paper',
      row: 'G9',
    }),
  },
  inputs: {
    films: Films,
    blended: Films,
    labels: Labels,
    cohort: Cohort,
    split: Split,
    /** of the blended films, where they have ids of their own */
    blendedSplit: optional(Split),
    init: optional(Network),
    initProvenance: optional(Provenance),
  },
  outputs: { generator: Network, discriminator: Network, curves: Series, provenance: Provenance },
  entry: Stage.entry(import.meta.url, './fitRealistic.run'),
})
