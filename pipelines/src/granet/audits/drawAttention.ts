// Where the detector is told to look: the attention map of every pyramid level as it reaches the network (G15).
import { Schema } from 'effect'
import { Boxes, Figure, Films, Labels, Network, param, Split, Stage } from '@radiograft/pipeline'

const count = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 8 }))

export const drawAttention = Stage.make({
  name: 'draw-attention',
  doc: 'Test films with their boxes, and the attention of each level of the detector’s pyramid over them.',
  rows: ['G15', 'G16'],
  resource: 'light',
  pure: true,
  params: {
    positives: param(count, { default: 3, doc: 'films with a box that are shown' }),
    negatives: param(count, { default: 2, doc: 'films without a box that are shown, class Normal before others' }),
  },
  inputs: {
    films: Films,
    boxes: Boxes,
    /** what the port `attention` of `detect` is wired to */
    residuals: Films,
    /** fitted with attention; only its configuration is read */
    detector: Network,
    labels: Labels,
    split: Split,
  },
  outputs: { figure: Figure },
  entry: Stage.entry(import.meta.url, './drawAttention.run'),
})
