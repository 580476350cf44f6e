// RetinaNet for grey films (rows G17, G18): ResNet-18 with a feature pyramid, two heads shared by all levels, a head for the
// whole film, and residual attention on the pyramid (row G15). Used by the training step and by detection.
import { featurePyramid, resnet18, resnet18ChannelsOf } from '@radiograft/backbones'
import type { ApplyContext, Applied, Params } from '@radiograft/nn'
import { priorBias, scope, unscope } from '@radiograft/nn'
import type { Rng } from '@radiograft/random'
import { withOpScope } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { DetectorError } from '../DetectorError.ts'
import type { AttentionForm } from '../residualAttention.ts'
import { globalHead } from './globalHead.ts'
import { retinaHead } from './retinaHead.ts'

export interface RetinaNetOptions {
  /** classes of the whole film */
  readonly classes: number
  /** channels of the backbone's first stage, doubled from stage to stage @default 64, ResNet-18's */
  readonly backboneWidth?: number
  /** channels of pyramid and heads @default 64 (G18: 256) */
  readonly headChannels?: number
  /** @default 'none' */
  readonly headNorm?: 'none' | 'group'
  /** @default 9 */
  readonly anchorsPerCell?: number
  /** first answer of every anchor @default .01 */
  readonly prior?: number
  /** dropout before the film's class @default .5 */
  readonly dropout?: number
  /** @default no attention */
  readonly attention?: {
    readonly form: AttentionForm
    /** pyramid levels whose features are multiplied */
    readonly levels: ReadonlyArray<number>
  }
}

/** Levels of the pyramid, and so the order of anchors. */
export const RETINA_LEVELS: ReadonlyArray<number> = [3, 4, 5, 6, 7]

export type RetinaNetOutput = {
  /** [B, A] */
  readonly logits: Tensor
  /** [B, A, 4] */
  readonly deltas: Tensor
  /** [B, classes] */
  readonly global: Tensor
}

export interface RetinaNet {
  readonly options: Required<Omit<RetinaNetOptions, 'attention'>> & Pick<RetinaNetOptions, 'attention'>
  /** @param inputShape `[H, W, 1]` */
  init(rng: Rng, inputShape: readonly number[]): Params
  /**
   * @param x `[B, H, W, 1]` in [−1, 1]
   * @param attention `[B, Σ cells]` in [0, 1], rows of `attentionPyramid` at RETINA_LEVELS; given exactly where the options
   *   have attention
   */
  apply(params: Params, x: Tensor, ctx: ApplyContext, attention?: Tensor): Applied<RetinaNetOutput>
}

/** @throws DetectorError from `apply` when the attention map and the options do not go together */
export const retinaNet = (given: RetinaNetOptions): RetinaNet => {
  const options = {
    backboneWidth: 64,
    headChannels: 64,
    headNorm: 'none',
    anchorsPerCell: 9,
    prior: 0.01,
    dropout: 0.5,
    ...given,
  } as const
  const { headChannels: channels, headNorm: norm, anchorsPerCell, prior, attention: attend } = options
  const backbone = resnet18({ inC: 1, width: options.backboneWidth })
  const { c3, c4, c5 } = resnet18ChannelsOf(options.backboneWidth)
  const pyramid = featurePyramid({ inC: { c3, c4, c5 }, outC: channels })
  const classHead = retinaHead({ channels, outC: anchorsPerCell, norm, biasInit: priorBias(prior) })
  const boxHead = retinaHead({ channels, outC: 4 * anchorsPerCell, norm })
  const filmHead = globalHead({ inC: c5, classes: options.classes, rate: options.dropout })

  return {
    options,
    init: (rng, inputShape) => ({
      ...unscope(backbone.init(rng.fork('backbone'), inputShape), 'backbone'),
      ...unscope(pyramid.init(rng.fork('pyramid')), 'pyramid'),
      ...unscope(classHead.init(rng.fork('class'), [1, 1, channels]), 'class'),
      ...unscope(boxHead.init(rng.fork('box'), [1, 1, channels]), 'box'),
      ...unscope(filmHead.init(rng.fork('film'), [1, 1, c5]), 'film'),
    }),
    apply: (params, x, ctx, attention) => {
      if ((attend === undefined) !== (attention === undefined)) {
        const what = attend
          ? 'the network has attention but no map was given'
          : 'a map was given to a network without attention'
        throw new DetectorError('retinaNet', what)
      }
      const [batch = 0] = x.shape
      const at = (path: string): ApplyContext => ({ ...ctx, path: ctx.path ? `${ctx.path}.${path}` : path })
      const body = withOpScope('backbone', () => backbone.apply(scope(params, 'backbone'), x, at('backbone')))
      const top = withOpScope('pyramid', () => pyramid.apply(scope(params, 'pyramid'), body.y, at('pyramid')))
      const levels = RETINA_LEVELS.map((level) => top.y[`p${level}`]!)
      const maps = attention && attentionMaps(attention, levels)
      const attended = (feature: Tensor, level: number): Tensor => {
        const a = attend?.levels.includes(level) ? maps?.[RETINA_LEVELS.indexOf(level)] : undefined
        if (a === undefined) return feature
        return tf.mul(feature, attend?.form === 'a' ? a : tf.add(a, 1)) // F · a, or F · (1 + a)
      }
      const seen = withOpScope('attention', () => levels.map((feature, i) => attended(feature, RETINA_LEVELS[i]!)))
      const heads = (head: typeof classHead, name: string, shape: number[]): Tensor =>
        withOpScope(name, () =>
          tf.concat(
            seen.map((feature) => tf.reshape(head.apply(scope(params, name), feature, at(name)).y, shape)),
            1,
          ),
        )
      return {
        y: {
          logits: heads(classHead, 'class', [batch, -1]),
          deltas: heads(boxHead, 'box', [batch, -1, 4]),
          global: withOpScope('film', () => {
            return filmHead.apply(scope(params, 'film'), attended(body.y['c5']!, 5), at('film')).y
          }),
        },
        updates: { ...unscope(body.updates, 'backbone'), ...unscope(top.updates, 'pyramid') },
      }
    },
  }
}

/** The flat rows of all levels as one map [B, H, W, 1] a level. */
const attentionMaps = (flat: Tensor, levels: ReadonlyArray<Tensor>): ReadonlyArray<Tensor> => {
  let at = 0
  return levels.map(({ shape }) => {
    const [b, h, w] = shape as [number, number, number, number]
    const part = tf.slice(flat, [0, at], [b, h * w])
    at += h * w
    return tf.reshape(part, [b, h, w, 1])
  })
}
