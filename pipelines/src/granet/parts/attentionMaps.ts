// What the detector attends to (row G15): the residual, or what a control puts in its place.
import type { Build, Films, Masks, Ref } from '@radiograft/pipeline'
import { residual } from '@radiograft/gan-models/stages'
import type { Arm } from '../arms.ts'
import { attentionControl } from '../attentionControl.ts'
import type { Study } from './Study.ts'

interface Made {
  readonly residuals: Ref<typeof Films>
  /** the phantom's own, in the aligner's frame: what it knows of each film without its lesion, and where the lesion is */
  readonly twins: Ref<typeof Films> | undefined
  readonly masks: Ref<typeof Masks> | undefined
}

export const attentionMaps = (
  g: Build,
  { films, boxes, who }: Study,
  { residuals, twins, masks }: Made,
  kind: Arm['attention'],
): Ref<typeof Films> | undefined => {
  switch (kind) {
    case undefined:
      return undefined
    case 'residual':
    case 'untrained': // that of a generator as it was drawn
      return residuals
    case 'twin':
      return twins && g('twin-residual', residual, { films, generated: twins }).residuals
    default:
      return g(
        'attention-control',
        attentionControl,
        { residuals, films, boxes, split: who.split, ...(masks ? { masks } : {}) },
        { map: kind },
      ).maps
  }
}
