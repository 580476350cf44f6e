// Detector and generator trained in turn, or jointly (rows G21, G26, G34): GRANet's schedule. The generator comes fitted on
// pseudo pairs, with the discriminator that it was fitted against.
import { Schema } from 'effect'
import {
  Boxes,
  Cohort,
  Films,
  Labels,
  many,
  Network,
  param,
  Provenance,
  Series,
  Split,
  Stage,
} from '@radiograft/pipeline'
import { fitDetector } from '@radiograft/detectors/stages'
import { fitAbnormalToNormal } from '@radiograft/gan-models/stages'
import { SCHEDULES } from './schedule.ts'

const { batch, learningRate, ganLoss, l1Weight, identityWeight, normalClass } = fitAbnormalToNormal.params

export const fitAlternating = Stage.make({
  name: 'fit-alternating',
  doc: 'Films, boxes, labels and a fitted pair of generator and discriminator to a detector and the generator it attends to.',
  rows: ['G15', 'G21', 'G26', 'G34'],
  resource: 'compute',
  params: {
    ...fitDetector.params,
    schedule: param(Schema.Literals(SCHEDULES), {
      default: '2:2' as const,
      doc: 'epochs of the detector and of the generator in turn, or joint (the best of Table 3 is 2:2)',
      source: 'paper',
      row: 'G26',
    }),
    epoch: param(Schema.Int.check(Schema.isGreaterThan(0)), {
      default: 30,
      doc: 'steps of one epoch, of either; the paper does not say',
      row: 'G34',
    }),
    detectorWeight: param(Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 100 })), {
      default: 0,
      doc: 'weight of the detector’s loss in the generator’s, through the residual; 0 is eq 3 alone; in `joint` 0 is 1',
      row: 'G34',
    }),
    pairBatch: batch,
    pairLearningRate: learningRate,
    ganLoss,
    l1Weight,
    identityWeight,
    normalClass,
  },
  inputs: {
    films: Films,
    pseudoNormals: Films,
    boxes: Boxes,
    labels: Labels,
    cohort: Cohort,
    split: Split,
    generator: Network,
    discriminator: Network,
    /** what the pair has seen */
    pairProvenance: many(Provenance),
  },
  outputs: { detector: Network, generator: Network, curves: Series, provenance: Provenance },
  entry: Stage.entry(import.meta.url, './fitAlternating.run'),
})
