// Films one by one for the report's viewer: what each stage made of a film, the boxes on it, and what became of it.
import { Schema } from 'effect'
import {
  Boxes,
  Cases,
  Detections,
  Films,
  Labels,
  many,
  Marks,
  Metrics,
  param,
  Pictures,
  Scores,
  Split,
  Stage,
} from '@radiograft/pipeline'

const names = Schema.Array(Schema.String)
const count = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 10_000 }))

export const showFilms = Stage.make({
  name: 'show-films',
  doc: 'Chosen films as pictures of every layer, with true boxes, each arm’s detections and its outcome.',
  rows: ['G15', 'G17', 'G23'],
  resource: 'light',
  pure: true,
  params: {
    layers: param(names, { default: [], doc: 'the name of each wired collection of films' }),
    frames: param(names, { default: [], doc: 'the frame that each collection lies in' }),
    maps: param(names, {
      default: [],
      doc: 'layers that are no films: white is the largest value that is shown of them',
    }),
    boxFrames: param(names, { default: [], doc: 'the frame of each wired list of boxes' }),
    arms: param(names, { default: [], doc: 'the name of each arm; its detections come once a frame of boxes' }),
    most: param(count, { default: 176, doc: 'test films that are shown at most' }),
    trained: param(count, { default: 24, doc: 'training films with a box that are shown beside them' }),
    side: param(Schema.Int.check(Schema.isBetween({ minimum: 8, maximum: 2048 })), {
      default: 256,
      doc: 'longer side of a picture at most, pixels; larger films are averaged down',
    }),
  },
  inputs: {
    /** in the order of `layers`; the first has every film */
    films: many(Films),
    labels: Labels,
    split: Split,
    /** in the order of `boxFrames` */
    boxes: many(Boxes),
    /** by arm, and within an arm in the order of `boxFrames` */
    detections: many(Detections),
    /** what `evaluate-detections` calls `operating` and `scores`: one for each arm */
    thresholds: many(Metrics),
    scores: many(Scores),
  },
  outputs: { pictures: Pictures, marks: Marks, cases: Cases },
  entry: Stage.entry(import.meta.url, './showFilms.run'),
})
