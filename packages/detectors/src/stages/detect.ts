// A fitted detector at work on films of some parts (rows G17, G18).
import { Schema } from 'effect'
import { Detections, Films, Network, optional, param, Split, Stage } from '@radiograft/pipeline'

export const detect = Stage.make({
  name: 'detect',
  doc: 'Films and a fitted detector to boxes with scores, after non-maximum suppression.',
  rows: ['G15', 'G17', 'G18'],
  resource: 'compute',
  params: {
    parts: param(Schema.Array(Schema.Literals(['train', 'validation', 'test'])), {
      default: ['validation', 'test'],
      doc: 'parts of the split whose films are searched',
    }),
    batch: param(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 256 })), {
      default: 8,
      doc: 'films a call of the network',
    }),
    scoreFloor: param(Schema.Number.check(Schema.isBetween({ minimum: 0, maximum: 1 })), {
      default: 0.05,
      doc: 'detections below are dropped; the threshold proper is tuned on validation (authors: .025)',
    }),
    nmsIou: param(Schema.Number.check(Schema.isBetween({ minimum: 0, maximum: 1 })), {
      default: 0.05,
      doc: 'of two boxes that overlap by more, the better one stays',
      source: 'authors-code',
      row: 'G18',
    }),
    maxPerFilm: param(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 300 })), {
      default: 8,
      doc: 'most detections a film',
    }),
    score: param(Schema.Literals(['box', 'product', 'geometric']), {
      default: 'box' as const,
      doc: 'how a box’s score and the film’s probability make one score',
    }),
  },
  inputs: { films: Films, detector: Network, split: Split, attention: optional(Films) },
  outputs: { detections: Detections },
  entry: Stage.entry(import.meta.url, './detect.run'),
})
