// The critic of a progressively growing GAN after the reference (P6, P8), the generator's mirror without its norms: a 1×1
// convolution from films, two convolutions and average down at each halving, and at 4×4 the minibatch standard deviation, a
// convolution and two dense layers. Ends in a logit and is made of ops that are right to second order, for gradient penalties.
import {
  equalisedConv2d,
  equalisedDense,
  flatten,
  leakyRelu,
  minibatchStd,
  pointwise,
  sequential,
  type Layer,
  type Params,
} from '@radiograft/nn'
import { boxDownsample, withOpScope } from '@radiograft/tensor'
import { fade } from './fade.ts'
import { progressiveChannels } from './progressiveChannels.ts'
import { alphaOf, named, resolutionsOf, type Growth, type ProgressiveNetwork } from './ProgressiveNetwork.ts'

export type ProgressiveCriticOptions = Growth & {
  /** feature maps at a resolution. @default progressiveChannels() */
  readonly channels?: (resolution: number) => number
  /** channels of films. @default 1 */
  readonly filmChannels?: number
  /** films whose deviation is taken together; divides the batch, or is no smaller. @default 4 (P8; 16 in its v1 preset) */
  readonly group?: number
}

const down: Layer = {
  ...pointwise((x) => boxDownsample(x, 2)),
  outputShape: ([h, w, c]) => [h! / 2, w! / 2, c!],
}

const activated = (name: string, layer: Layer): Array<readonly [string, Layer]> => [
  [name, layer],
  [`${name}_act`, leakyRelu(0.2)],
]

/**
 * Films [B, R, R, C] in [−1, 1] → scores [B, 1], higher for real. Parameters are named by resolution (`8.conv0.weight`,
 * `fromFilm.8.weight`), so that growth keeps them.
 * @throws GanModelsError when the resolution is none that films grow to, or alpha is missing while fading
 * @throws NetworkError when groups do not divide the batch
 */
export const progressiveCritic = (options: ProgressiveCriticOptions): ProgressiveNetwork => {
  const { resolution, fading = false, channels = progressiveChannels(), filmChannels = 1, group = 4 } = options
  const resolutions = resolutionsOf(options)
  const conv = (inC: number, outC: number): Layer => equalisedConv2d({ inC, outC, kernel: 3, padding: 1 })
  const block = (r: number): Layer => {
    const c = channels(r)
    if (r > 4) {
      return sequential([
        ...activated('conv0', conv(c, c)),
        ...activated('conv1', conv(c, channels(r / 2))),
        ['down', down],
      ])
    }
    return sequential([
      ['std', minibatchStd(group)],
      ...activated('conv', conv(c + 1, c)),
      ['flat', flatten],
      ...activated('dense0', equalisedDense({ inC: 16 * c, outC: c })),
      ['dense1', equalisedDense({ inC: c, outC: 1, gain: 1 })],
    ])
  }
  const fromFilm = (r: number): Layer =>
    sequential(activated(`fromFilm.${r}`, equalisedConv2d({ inC: filmChannels, outC: channels(r), kernel: 1 })))

  const newest = named(`${resolution}`, block(resolution))
  const after = sequential(
    resolutions
      .slice(0, -1)
      .toReversed()
      .map((r) => [`${r}`, block(r)] as const),
  )
  const film = fromFilm(resolution)
  const oldFilm = fading ? fromFilm(resolution / 2) : undefined
  return {
    resolution,
    fading,
    outputShape: () => [1],
    init: (rng) => {
      // shapes follow from the options: what a layer is given does not matter
      const layers = [film, newest, after, ...(oldFilm ? [oldFilm] : [])]
      return Object.assign({}, ...layers.map((layer) => layer.init(rng, [4, 4, 1]))) as Params
    },
    apply: (params, x, ctx) => {
      const fresh = newest.apply(params, film.apply(params, x, ctx).y, ctx).y
      if (!oldFilm) return { y: after.apply(params, fresh, ctx).y, updates: {} }
      const alpha = alphaOf(ctx)
      const old = oldFilm.apply(params, boxDownsample(x, 2), ctx).y
      const mixed = withOpScope('fade', () => fade(old, fresh, alpha))
      return { y: after.apply(params, mixed, ctx).y, updates: {} }
    },
  }
}
