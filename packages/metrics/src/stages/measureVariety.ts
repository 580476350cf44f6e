// How much generated films differ from each other, how their patches lie to real ones, and whether upsampling left its pattern.
import { Schema } from 'effect'
import { Films, many, Metrics, param, Provenance, Split, Stage, Table } from '@radiograft/pipeline'
import { namesParam } from './generatedArms.ts'

export const measureVariety = Stage.make({
  name: 'measure-variety',
  doc: 'Real and generated films to MS-SSIM diversity, sliced Wasserstein distance of patches, and the energy of checkerboards.',
  rows: ['P8', 'P10'],
  resource: 'light',
  pure: true,
  params: {
    names: namesParam,
    films: param(Schema.Int.check(Schema.isBetween({ minimum: 2, maximum: 10_000 })), {
      default: 200,
      doc: 'at most so many films of each set, drawn by the seed',
    }),
    pairs: param(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 100_000 })), {
      default: 500,
      doc: 'pairs whose MS-SSIM is averaged',
    }),
    patches: param(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1024 })), {
      default: 128,
      doc: 'patches of 7 x 7 pixels a film and pyramid level (Karras 2018: 128)',
    }),
    directions: param(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 4096 })), {
      default: 128,
      doc: 'directions of the sliced Wasserstein distance (Karras 2018: 512)',
    }),
    strides: param(Schema.Array(Schema.Int), {
      default: [2, 4],
      doc: 'periods in pixels of patterns that upsampling leaves: of one layer, of two in a row',
    }),
    resamples: param(Schema.Int.check(Schema.isBetween({ minimum: 2, maximum: 100_000 })), {
      default: 100,
      doc: 'bootstrap resamples over patients and generated films',
    }),
  },
  inputs: {
    /** of any size; averaged down to the generated films' */
    real: Films,
    split: Split,
    /** of one size, one collection of each generator */
    generated: many(Films),
    provenance: many(Provenance),
  },
  outputs: { metrics: Metrics, figures: Table },
  entry: Stage.entry(import.meta.url, './measureVariety.run'),
})
