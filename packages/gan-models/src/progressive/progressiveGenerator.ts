// The generator of a progressively growing GAN after the reference (P6, P8): latents on the sphere, 4×4 by a dense layer, then at
// each doubling nearest up and two convolutions; pixel norm behind every activation; a 1×1 convolution to films, without tanh.
import {
  equalisedConv2d,
  equalisedDense,
  leakyRelu,
  param,
  pixelNorm,
  pointwise,
  sequential,
  zeros,
  type Layer,
  type Params,
} from '@radiograft/nn'
import { boxUpsample, withOpScope } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import { fade } from './fade.ts'
import { progressiveChannels } from './progressiveChannels.ts'
import { alphaOf, named, resolutionsOf, type Growth, type ProgressiveNetwork } from './ProgressiveNetwork.ts'

export type ProgressiveGeneratorOptions = Growth & {
  /** numbers in a latent. @default 512 */
  readonly latent?: number
  /** feature maps at a resolution. @default progressiveChannels() */
  readonly channels?: (resolution: number) => number
  /** channels of films. @default 1 */
  readonly filmChannels?: number
}

export interface ProgressiveGenerator extends ProgressiveNetwork {
  /** numbers in a latent */
  readonly latent: number
}

/** The dense layer to 4×4 has the gain of the original Theano code, a quarter of He's. */
const SEED_GAIN = Math.SQRT2 / 4

/** Latents [B, latent] → [B, 4, 4, C]; one bias a channel, because the reference adds it behind the reshape. */
const seed = (latent: number, channels: number): Layer => {
  const dense = equalisedDense({ inC: latent, outC: 16 * channels, gain: SEED_GAIN, bias: false })
  return {
    init: (rng, shape) => ({ ...dense.init(rng, shape), bias: zeros(rng, [channels]) }),
    outputShape: () => [4, 4, channels],
    apply: (params, x, ctx) => {
      const { y } = dense.apply(params, x, ctx)
      return { y: tf.add(tf.reshape(y, [-1, 4, 4, channels]), param(params, 'bias', ctx)), updates: {} }
    },
  }
}

const up: Layer = {
  ...pointwise((x) => boxUpsample(x, 2)),
  outputShape: ([h, w, c]) => [2 * h!, 2 * w!, c!],
}

/** A layer, its activation and the norm behind it. */
const activated = (name: string, layer: Layer): Array<readonly [string, Layer]> => [
  [name, layer],
  [`${name}_act`, leakyRelu(0.2)],
  [`${name}_norm`, pixelNorm()],
]

/**
 * Latents [B, latent] of any length (only their direction counts) → films [B, R, R, C], about in [−1, 1] once trained.
 * Parameters are named by resolution (`8.conv0.weight`, `toFilm.8.weight`), so that growth keeps them.
 * @throws GanModelsError when the resolution is none that films grow to, or alpha is missing while fading
 */
export const progressiveGenerator = (options: ProgressiveGeneratorOptions): ProgressiveGenerator => {
  const { resolution, fading = false, latent = 512, channels = progressiveChannels(), filmChannels = 1 } = options
  const resolutions = resolutionsOf(options)
  const conv = (inC: number, outC: number): Layer => equalisedConv2d({ inC, outC, kernel: 3, padding: 1 })
  const block = (r: number): Layer => {
    const c = channels(r)
    if (r === 4) {
      return sequential([
        ['latent_norm', pixelNorm()],
        ...activated('dense', seed(latent, c)),
        ...activated('conv', conv(c, c)),
      ])
    }
    return sequential([['up', up], ...activated('conv0', conv(channels(r / 2), c)), ...activated('conv1', conv(c, c))])
  }
  const toFilm = (r: number): Layer =>
    named(`toFilm.${r}`, equalisedConv2d({ inC: channels(r), outC: filmChannels, kernel: 1, gain: 1 }))

  const before = sequential(resolutions.slice(0, -1).map((r) => [`${r}`, block(r)] as const))
  const newest = named(`${resolution}`, block(resolution))
  const film = toFilm(resolution)
  const oldFilm = fading ? toFilm(resolution / 2) : undefined
  return {
    latent,
    resolution,
    fading,
    outputShape: () => [resolution, resolution, filmChannels],
    init: (rng) => {
      const layers = [before, newest, film, ...(oldFilm ? [oldFilm] : [])]
      return Object.assign({}, ...layers.map((layer) => layer.init(rng, [latent]))) as Params
    },
    apply: (params, x, ctx) => {
      const old = before.apply(params, x, ctx).y
      const fresh = film.apply(params, newest.apply(params, old, ctx).y, ctx).y
      if (!oldFilm) return { y: fresh, updates: {} }
      const alpha = alphaOf(ctx)
      const coarse = oldFilm.apply(params, old, ctx).y
      return { y: withOpScope('fade', () => fade(boxUpsample(coarse, 2), fresh, alpha)), updates: {} }
    },
  }
}
