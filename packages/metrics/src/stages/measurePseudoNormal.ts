// Is the generated normal film normal where the lesion was, and the film itself elsewhere? (G16; phantom answer 4)
import { Schema } from 'effect'
import {
  Boxes,
  Cohort,
  Films,
  Labels,
  many,
  Masks,
  Metrics,
  optional,
  param,
  Provenance,
  Split,
  Stage,
} from '@radiograft/pipeline'

export const measurePseudoNormal = Stage.make({
  name: 'measure-pseudo-normal',
  doc: 'Films and generated normals of the test part to residual energy, identity, and the gain over copying the film.',
  rows: ['G10', 'G16', 'G32'],
  resource: 'light',
  pure: true,
  params: {
    arm: param(Schema.String, { default: 'generator', doc: 'the name that the figures go by' }),
    resamples: param(Schema.Int.check(Schema.isBetween({ minimum: 2, maximum: 100_000 })), {
      default: 2000,
      doc: 'bootstrap resamples over patients',
    }),
  },
  inputs: {
    films: Films,
    generated: Films,
    boxes: Boxes,
    labels: Labels,
    cohort: Cohort,
    split: Split,
    provenance: many(Provenance),
    twins: optional(Films),
    masks: optional(Masks),
  },
  outputs: { metrics: Metrics },
  entry: Stage.entry(import.meta.url, './measurePseudoNormal.run'),
})
