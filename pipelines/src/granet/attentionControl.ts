// What a detector attends to where it is not its own residual: controls of row G15's claim. Every map is at the residuals'
// size and of their scale.
import { Schema } from 'effect'
import { Boxes, Films, Masks, optional, param, Split, Stage } from '@radiograft/pipeline'

export const attentionControl = Stage.make({
  name: 'attention-control',
  doc: 'Residuals, boxes and, on the phantom, lesion masks to maps that carry less or more than the residual does.',
  rows: ['G15', 'G16'],
  resource: 'light',
  pure: true,
  params: {
    map: param(Schema.Literals(['other-film', 'constant', 'oracle']), {
      default: 'other-film' as const,
      doc: 'the residual of another film of the same part; the mean residual everywhere; the true lesion, its mask or else its boxes',
      row: 'G15',
    }),
    strength: param(Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })), {
      default: 0.2,
      doc: 'value of the oracle’s map inside a lesion, of a grey range of 1',
    }),
  },
  inputs: { residuals: Films, films: Films, boxes: Boxes, split: Split, masks: optional(Masks) },
  outputs: { maps: Films },
  entry: Stage.entry(import.meta.url, './attentionControl.run'),
})
