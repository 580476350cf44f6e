// Convolution with torch's meaning of padding. Parameters: `weight` [kh, kw, in, out] and, with `bias`, `bias` [out].
import { mirrorPad } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor4D } from '@tensorflow/tfjs-core'
import type { Initialiser } from '../initialisers/Initialiser.ts'
import { fans } from '../initialisers/Initialiser.ts'
import { torchUniform, uniform } from '../initialisers/uniforms.ts'
import type { Layer } from '../Network.ts'
import { NetworkError } from '../NetworkError.ts'
import { param } from '../params/param.ts'
import { convLength, isSamePadding } from './convPadding.ts'
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

/** x `[B, H, W, inC]` → `[B, floor((H + 2p - k) / s) + 1, …, outC]`. */
export const conv2d = (options: Conv2dOptions): Layer => {
  const { inC, outC, kernel, stride = 1, padMode = 'zeros', bias = true, weightInit = torchUniform } = options
  const padding = paddingOf(options)
  const shape = [kernel, kernel, inC, outC] as const
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
      const pads: [[number, number], [number, number], [number, number], [number, number]] = [
        [0, 0],
        [padding, padding],
        [padding, padding],
        [0, 0],
      ]
      let y: tf.Tensor
      if (padding === 0) {
        y = tf.conv2d(x as Tensor4D, weight, stride, 'valid')
      } else if (padMode === 'reflect') {
        y = tf.conv2d(mirrorPad(x, pads, 'reflect') as Tensor4D, weight, stride, 'valid')
      } else if (isSamePadding(h, kernel, stride, padding) && isSamePadding(w, kernel, stride, padding)) {
        y =
          stride === 1 && h * w <= TINY_MAP
            ? tinyMapConv(x as Tensor4D, weight)
            : tf.conv2d(x as Tensor4D, weight, stride, 'same')
      } else {
        y = tf.conv2d(tf.pad(x as Tensor4D, pads), weight, stride, 'valid')
      }
      return { y: bias ? tf.add(y, param(params, 'bias', ctx)) : y, updates: {} }
    },
  }
}
