// Scores detections against the true boxes of one part; the score threshold is tuned on the validation part (G23). COCO AP needs
// none, and stands beside.
import { Schema } from 'effect'
import {
  Boxes,
  Cohort,
  Detections,
  Labels,
  many,
  Metrics,
  param,
  Provenance,
  Scores,
  Split,
  Stage,
} from '@radiograft/pipeline'

export const evaluateDetections = Stage.make({
  name: 'evaluate-detections',
  doc: 'Detections and true boxes to per-film scores and RSNA AP, threshold tuned on validation, and COCO AP, with intervals.',
  rows: ['G23', 'G24', 'G25', 'G29'],
  resource: 'light',
  pure: true,
  params: {
    resamples: param(Schema.Int.check(Schema.isBetween({ minimum: 2, maximum: 100_000 })), {
      default: 2000,
      doc: 'bootstrap resamples over patients',
    }),
  },
  inputs: {
    detections: Detections,
    boxes: Boxes,
    labels: Labels,
    cohort: Cohort,
    split: Split,
    provenance: many(Provenance),
  },
  outputs: { scores: Scores, operating: Metrics },
  entry: Stage.entry(import.meta.url, './evaluateDetections.run'),
})
