// The baseline that is not trained: bright smooth regions of validation and test films.
import { Schema } from 'effect'
import { Detections, Films, param, Split, Stage } from '@radiograft/pipeline'

export const brightness = Stage.make({
  name: 'brightness',
  doc: 'Films to the boxes of bright regions: smoothing, a threshold a film, connected components. Nothing is trained.',
  resource: 'light',
  pure: true,
  params: {
    deviations: param(Schema.Number, {
      default: 0.5,
      doc: 'bright is above the mean of the inner film by this many standard deviations',
    }),
    margin: param(Schema.Number.check(Schema.isBetween({ minimum: 0, maximum: 0.4 })), {
      default: 0.1,
      doc: 'share of each side of the film that is left out',
    }),
    smallest: param(Schema.Number, { default: 0.01, doc: 'smallest region, as a share of the film' }),
    largest: param(Schema.Number, { default: 0.15, doc: 'largest region, as a share of the film' }),
  },
  inputs: { films: Films, split: Split },
  outputs: { detections: Detections },
  entry: Stage.entry(import.meta.url, './brightness.run'),
})
