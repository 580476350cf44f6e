// Every arm's COCO AP with intervals, and paired differences: from detections, since COCO AP has no values a film.
import { Schema } from 'effect'
import { Boxes, Detections, many, Metrics, param, Provenance, Split, Stage } from '@radiograft/pipeline'
import { cocoMain } from '../cocoProtocol.ts'
import { armParams } from './armParams.ts'

export const compareCoco = Stage.make({
  name: 'compare-coco',
  doc: 'Detections of arms to COCO AP with intervals and paired differences, over patients and seeds; folds are pooled.',
  rows: ['G23', 'G29', 'G35'],
  resource: 'light',
  pure: true,
  params: {
    ...armParams,
    tested: param(Schema.Array(Schema.String), {
      default: [cocoMain.name],
      doc: 'metrics whose differences get p, p by Holm over all contrasts, and simultaneous bounds',
    }),
    seenBy: param(Schema.Array(Schema.Int), {
      default: [],
      doc: 'which of the detections, from 0, each wired provenance lies behind; empty: every provenance behind all',
    }),
  },
  inputs: {
    detections: many(Detections),
    boxes: Boxes,
    /** one for all, or one for each of the detections (folds that test on films of their own) */
    split: many(Split),
    provenance: many(Provenance),
  },
  outputs: { metrics: Metrics },
  entry: Stage.entry(import.meta.url, './compareCoco.run'),
})
