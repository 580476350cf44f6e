// Convolution with torch's meaning of padding. Parameters: `weight` [kh, kw, in / groups, out] and, with `bias`, `bias` [out].
import { convolve, mirrorPad } from '@radiograft/tensor'
import type { Paddings } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor4D } from '@tensorflow/tfjs-core'
import type { Initialiser } from '../initialisers/Initialiser.ts'
import { fans } from '../initialisers/Initialiser.ts'
import { torchUniform, uniform } from '../initialisers/uniforms.ts'
import type { Layer } from '../Network.ts'
import { NetworkError } from '../NetworkError.ts'
import { param } from '../params/param.ts'
import { convLength } from './convPadding.ts'
import { TINY_MAP, tinyMapConv } from './tinyMapConv.ts'

export type Conv2dOptions = {
  readonly inC: number
  readonly outC: number
  /** Side of the square kernel. */
  readonly kernel: number
  /** @default 1 */
  readonly stride?: number
  /** Zeros or mirrored pixels on *each* side, as torch counts; 'same' is (kernel - 1) / 2, for odd kernels. @default 0 */
  readonly padding?: number | 'same'
  /** 'reflect' mirrors without repeating the border, and needs padding < size. @default 'zeros' */
  readonly padMode?: 'zeros' | 'reflect'
  /** Channels in so many parts, each seen by its share of the filters; divides `inC` and `outC`. @default 1 */
  readonly groups?: number
  /** @default true */
  readonly bias?: boolean
  /** @default torchUniform */
  readonly weightInit?: Initialiser
  /** @default U(±1/sqrt(fanIn of the weight)), as torch */
  readonly biasInit?: Initialiser
}

const paddingOf = ({ kernel, padding = 0 }: Conv2dOptions): number => {
  if (padding !== 'same') return padding
  if (kernel % 2 === 0)
    throw new NetworkError('conv2d', `padding 'same' needs an odd kernel, not ${kernel}; give a number`)
  return (kernel - 1) / 2
}

const mirrored = (by: number): Paddings => [
  [0, 0],
  [by, by],
  [by, by],
  [0, 0],
]

/** x `[B, H, W, inC]` → `[B, floor((H + 2p - k) / s) + 1, …, outC]`. */
export const conv2d = (options: Conv2dOptions): Layer => {
  const {
    inC,
    outC,
    kernel,
    stride = 1,
    groups = 1,
    padMode = 'zeros',
    bias = true,
    weightInit = torchUniform,
  } = options
  const padding = paddingOf(options)
  if (inC % groups !== 0 || outC % groups !== 0)
    throw new NetworkError('conv2d', `${groups} groups do not divide ${inC} and ${outC} channels`)
  const shape = [kernel, kernel, inC / groups, outC] as const
  const biasInit = options.biasInit ?? uniform(1 / Math.sqrt(fans(shape).fanIn))

  return {
    init: (rng) => ({
      weight: weightInit(rng.fork('weight'), shape),
      ...(bias ? { bias: biasInit(rng.fork('bias'), [outC]) } : {}),
    }),
    outputShape: ([h, w]) => [convLength(h!, kernel, stride, padding), convLength(w!, kernel, stride, padding), outC],
    apply: (params, x, ctx) => {
      const [, h, w, c] = x.shape as [number, number, number, number]
      if (c !== inC)
        throw new NetworkError(ctx.path ?? 'conv2d', `expected ${inC} channels, got shape [${x.shape.join(', ')}]`)
      const weight = param(params, 'weight', ctx) as Tensor4D
      const tiny = groups === 1 && padMode === 'zeros' && stride === 1 && kernel === 2 * padding + 1
      const reflected = padding > 0 && padMode === 'reflect'
      const pads = { top: padding, bottom: padding, left: padding, right: padding }
      let y: tf.Tensor
      if (tiny && padding > 0 && h * w <= TINY_MAP) y = tinyMapConv(x as Tensor4D, weight)
      else if (reflected) y = convolve(mirrorPad(x, mirrored(padding), 'reflect'), weight, { stride, groups })
      else y = convolve(x, weight, { stride, groups, pads })
      return { y: bias ? tf.add(y, param(params, 'bias', ctx)) : y, updates: {} }
    },
  }
}
