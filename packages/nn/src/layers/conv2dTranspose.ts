// Fractionally strided ("transposed") convolution with torch's meaning of padding and output padding.
// Parameters: `weight` [kh, kw, out, in] (out before in: it is the filter of the convolution that this transposes) and `bias`.
import { convolveTranspose } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor4D } from '@tensorflow/tfjs-core'
import type { Initialiser } from '../initialisers/Initialiser.ts'
import { fans } from '../initialisers/Initialiser.ts'
import { torchUniform, uniform } from '../initialisers/uniforms.ts'
import type { Layer } from '../Network.ts'
import { param } from '../params/param.ts'

export type Conv2dTransposeOptions = {
  readonly inC: number
  readonly outC: number
  readonly kernel: number
  readonly stride: number
  /** Rows cut from each side of the full output, as torch counts. @default 0 */
  readonly padding?: number
  /** Rows added at the end only, as torch counts; less than the stride. @default 0 */
  readonly outputPadding?: number
  /** @default true */
  readonly bias?: boolean
  /** @default torchUniform */
  readonly weightInit?: Initialiser
  /** @default U(±1/sqrt(fanIn of the weight)), as torch */
  readonly biasInit?: Initialiser
}

/** x `[B, H, W, inC]` → `[B, (H - 1)s - 2p + k + op, …, outC]`. CycleGAN's up-sampling is k 3, s 2, p 1, op 1: twice the size. */
export const conv2dTranspose = (options: Conv2dTransposeOptions): Layer => {
  const { inC, outC, kernel, stride, padding = 0, outputPadding = 0, bias = true, weightInit = torchUniform } = options
  const shape = [kernel, kernel, outC, inC] as const
  const biasInit = options.biasInit ?? uniform(1 / Math.sqrt(fans(shape).fanIn))
  const length = (size: number): number => (size - 1) * stride - 2 * padding + kernel + outputPadding
  // The full output has (size - 1)s + k rows; where more are wanted at the end they are zeros that no window reaches.
  const full = (size: number): number => (size - 1) * stride + kernel + Math.max(0, outputPadding - padding)

  return {
    init: (rng) => ({
      weight: weightInit(rng.fork('weight'), shape),
      ...(bias ? { bias: biasInit(rng.fork('bias'), [outC]) } : {}),
    }),
    outputShape: ([h, w]) => [length(h!), length(w!), outC],
    apply: (params, x, ctx) => {
      const [b, h, w] = x.shape as [number, number, number, number]
      const weight = param(params, 'weight', ctx) as Tensor4D
      const after = (size: number): number => (size - 1) * stride + kernel - length(size) - padding
      const pads = { top: padding, left: padding, bottom: after(h), right: after(w) }
      const y =
        pads.bottom >= 0
          ? convolveTranspose(x, weight, [length(h), length(w)], { stride, pads })
          : tf.slice(
              convolveTranspose(x, weight, [full(h), full(w)], { stride }),
              [0, padding, padding, 0],
              [b, length(h), length(w), outC],
            )
      return { y: bias ? tf.add(y, param(params, 'bias', ctx)) : y, updates: {} }
    },
  }
}
