// The baseline that looks at no pixel: the prior boxes of the training part for every film of validation and test.
import { Schema } from 'effect'
import { Boxes, Cohort, Detections, Films, Labels, param, Provenance, Split, Stage } from '@radiograft/pipeline'

export const boxPrior = Stage.make({
  name: 'box-prior',
  doc: 'Boxes of the training part to the same one or two boxes for every film of validation and test.',
  resource: 'light',
  pure: true,
  params: {
    centre: param(Schema.Literals(['median', 'medoid']), {
      default: 'median' as const,
      doc: 'the prior box of a side: median coordinates, or the training box nearest to all others',
    }),
  },
  inputs: { films: Films, boxes: Boxes, labels: Labels, split: Split, cohort: Cohort },
  outputs: { detections: Detections, provenance: Provenance },
  entry: Stage.entry(import.meta.url, './boxPrior.run'),
})
