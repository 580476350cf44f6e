// Detectors that learn no picture: where boxes use to be, and what is bright. What a detector must beat.
import type { Build } from '@radiograft/pipeline'
import { boxPrior, brightness } from '@radiograft/detectors/stages'
import { evaluateDetections } from '@radiograft/metrics/stages'
import type { Study } from './Study.ts'

/** @param raw films as they came, since a box prior knows no frame */
export const baselines = (g: Build, { films, boxes, who }: Study, resamples: number) => {
  const prior = g('box-prior', boxPrior, { films, boxes, ...who })
  const bright = g('brightness', brightness, { films, split: who.split })
  const truth = { boxes, ...who }
  return {
    scorePrior: g(
      'evaluate-box-prior',
      evaluateDetections,
      { detections: prior.detections, ...truth, provenance: [prior.provenance] },
      { resamples },
    ),
    scoreBright: g(
      'evaluate-brightness',
      evaluateDetections,
      { detections: bright.detections, ...truth, provenance: [] },
      { resamples },
    ),
  }
}
