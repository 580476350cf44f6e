// Fits the RetinaNet of rows G17 and G18 in small, with or without residual attention (row G15), with or without synthetic
// films beside the real ones (row G22).
import { Schema } from 'effect'
import {
  Boxes,
  Cohort,
  Films,
  Labels,
  many,
  Network,
  optional,
  param,
  Provenance,
  Series,
  Split,
  Stage,
} from '@radiograft/pipeline'

const share = Schema.Number.check(Schema.isBetween({ minimum: 0, maximum: 1 }))
const positive = Schema.Number.check(Schema.isGreaterThan(0))
const count = Schema.Int.check(Schema.isGreaterThan(0))

export const fitDetector = Stage.make({
  name: 'fit-detector',
  doc: 'Films, boxes and labels of the training part to a detector; with residuals, to one that attends to them.',
  rows: ['G15', 'G17', 'G18', 'G19', 'G22'],
  resource: 'compute',
  params: {
    steps: param(count, { default: 700, doc: 'training steps (the authors’ 12 epochs of 20,000 films are 40,000)' }),
    batch: param(Schema.Int.check(Schema.isBetween({ minimum: 2, maximum: 256 })), {
      default: 8,
      doc: 'films a step, half of them with boxes',
    }),
    backboneWidth: param(count, {
      default: 64,
      doc: 'channels of the backbone’s first stage; 64 is ResNet-18, less suits small films (G17: SE-ResNeXt-101)',
    }),
    headChannels: param(count, { default: 64, doc: 'channels of pyramid and heads (G18: 256)' }),
    headNorm: param(Schema.Literals(['none', 'group']), {
      default: 'none' as const,
      doc: 'normalisation in the heads',
      source: 'authors-code',
      row: 'G18',
    }),
    learningRate: param(positive, { default: 2e-3, doc: 'top of the one-cycle schedule (G18: Adam 1e-5, plateau)' }),
    clipNorm: param(positive, { default: 10, doc: 'largest norm of all gradients together (G18: .05)' }),
    anchorFactor: param(positive, {
      default: 0.5,
      doc: 'anchor bases as a multiple of 2^(l+2): halved, because films are small (G18: 1)',
    }),
    forceBest: param(Schema.Boolean, {
      default: false,
      doc: 'the best anchor of every box is positive, whatever its overlap',
      source: 'authors-code',
      row: 'G18',
    }),
    normaliser: param(Schema.Literals(['batch', 'film']), {
      default: 'batch' as const,
      doc: 'detection losses over the positives of the batch, or of each film (G18: film)',
    }),
    globalWeight: param(Schema.Number, {
      default: 0.1,
      doc: 'weight of the film’s class in the loss',
      source: 'authors-code',
      row: 'G18',
    }),
    globalClasses: param(Schema.Literals(['class', 'target']), {
      default: 'class' as const,
      doc: 'what the film head learns: the data set’s classes, or positive against negative',
      source: 'authors-code',
      row: 'G18',
    }),
    dropout: param(share, { default: 0.5, doc: 'dropout before the film’s class (G18: .75)' }),
    augmentation: param(Schema.Number.check(Schema.isBetween({ minimum: 0, maximum: 2 })), {
      default: 1,
      doc: 'strength of shift, scale, turn, shear, gamma and contrast; 0 is none (G19 is about 1.5, with noise and blur)',
    }),
    mirror: param(share, {
      default: 0,
      doc: 'probability of mirroring left and right; hearts and markers change sides (G19: .5)',
    }),
    attentionForm: param(Schema.Literals(['1+a', 'a']), {
      default: '1+a' as const,
      doc: 'features times 1 + a or times a; the paper does not say',
      row: 'G15',
    }),
    attentionLevels: param(Schema.Array(Schema.Int.check(Schema.isBetween({ minimum: 3, maximum: 7 }))), {
      default: [3, 4, 5, 6, 7],
      doc: 'pyramid levels that attend',
      row: 'G15',
    }),
    attentionBy: param(Schema.Literals(['constant', 'film-max']), {
      default: 'constant' as const,
      doc: 'residuals over a constant, or over the film’s largest',
      row: 'G15',
    }),
    attentionReference: param(positive, {
      default: 0.2,
      doc: 'the residual that counts as 1, of a grey range of 1',
      row: 'G15',
    }),
    replica: param(Schema.Int, { default: 0, doc: 'another seed for the same fit' }),
  },
  inputs: {
    films: Films,
    boxes: Boxes,
    labels: Labels,
    cohort: Cohort,
    split: Split,
    attention: optional(Films),
    /** synthetic films to train on as well, at the real films' size, with their boxes, labels, split and what they were made of */
    extraFilms: optional(Films),
    extraBoxes: optional(Boxes),
    extraLabels: optional(Labels),
    extraSplit: optional(Split),
    extraAttention: optional(Films),
    extraProvenance: many(Provenance),
    init: optional(Network),
    initProvenance: optional(Provenance),
  },
  outputs: { detector: Network, curves: Series, provenance: Provenance },
  entry: Stage.entry(import.meta.url, './fitDetector.run'),
})
