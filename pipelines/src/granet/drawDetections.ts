// What each arm's detector finds at its own threshold, beside the true boxes, on the same test films.
import { Schema } from 'effect'
import { Boxes, Detections, Figure, Films, many, Metrics, param, Split, Stage } from '@radiograft/pipeline'

const count = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 12 }))

export const drawDetections = Stage.make({
  name: 'draw-detections',
  doc: 'Test films with true boxes and the detections of each arm above the threshold that was tuned on validation.',
  rows: ['G17', 'G23'],
  resource: 'light',
  pure: true,
  params: {
    names: param(Schema.Array(Schema.String), { default: [], doc: 'the name of each wired arm' }),
    positives: param(count, { default: 4, doc: 'films with a true box that are shown' }),
    falseAlarms: param(count, { default: 2, doc: 'films without a true box on which an arm found one' }),
    quiet: param(count, { default: 1, doc: 'films without a true box on which no arm found one' }),
  },
  inputs: {
    films: Films,
    boxes: Boxes,
    split: Split,
    arms: many(Detections),
    /** what `evaluate-detections` calls `operating`: one for each arm, in the same order */
    thresholds: many(Metrics),
  },
  outputs: { figure: Figure },
  entry: Stage.entry(import.meta.url, './drawDetections.run'),
})
