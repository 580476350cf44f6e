/**
 * Pseudo-normal films and the generator that learns from them what a film would look like without its lesion (rows G7 to
 * G10, G32).
 *
 * nearest normal ─ graft ─ fit realistic GAN ─ pseudo-normal films ─ fit abnormal-to-normal GAN
 */
import type { Build } from '@radiograft/pipeline'
import { graft, nearestNormal } from '@radiograft/blend/stages'
import { fitAbnormalToNormal, fitRealistic, generate } from '@radiograft/gan-models/stages'
import type { Arm } from '../arms.ts'
import type { GanParams, Study } from './Study.ts'

/** @param arm which generator: as the others, with the identity term (G32), without the skip (G11), or not trained at all */
export const pseudoNormals = (
  g: Build,
  { films, boxes, who }: Study,
  gan: GanParams,
  { arm, identityWeight }: { readonly arm: Arm; readonly identityWeight: number },
) => {
  const nearest = g('nearest-normal', nearestNormal, { films, boxes, ...who })
  const grafts = g('graft', graft, { films, boxes, pairs: nearest.pairs })
  const realistic = g('fit-realistic', fitRealistic, { films, blended: grafts.blended, ...who }, gan)
  const made = g('pseudo-normal', generate, { films: grafts.blended, generator: realistic.generator }).films
  const pairs = { films, pseudoNormals: made, ...who }
  const variant = arm.generator === 'identity' ? { identityWeight } : arm.generator === 'no-skip' ? { skip: false } : {}
  const abn2nor =
    arm.attention === 'untrained'
      ? // as good as drawn: one step of a rate that moves nothing
        g('untrained-generator', fitAbnormalToNormal, pairs, { ...gan, skip: false, steps: 1, learningRate: 1e-12 })
      : g('fit-abnormal-to-normal', fitAbnormalToNormal, pairs, { ...gan, ...variant })
  return {
    nearest,
    grafts,
    realistic,
    films: made,
    abn2nor,
    provenance: [nearest.provenance, realistic.provenance, abn2nor.provenance],
  }
}
export type PseudoNormals = ReturnType<typeof pseudoNormals>
