// Instance normalisation (Ulyanov et al. 2016): each channel of each film to mean 0 and variance 1, then scale and shift.
// Used by the CycleGAN generator and PatchGAN (G11, G12). Parameters with `affine`: `weight` [C], `bias` [C].
import { normalise } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import { ones, zeros } from '../initialisers/constants.ts'
import type { Initialiser } from '../initialisers/Initialiser.ts'
import type { Layer } from '../Network.ts'
import { param } from '../params/param.ts'

export type InstanceNormOptions = {
  readonly channels: number
  /** Scale and shift per channel. @default true (torch's `InstanceNorm2d` has false) */
  readonly affine?: boolean
  /** @default 1e-5 */
  readonly eps?: number
  /** Slope below 0 of a ReLU that is part of this layer: 0 is ReLU, .2 leaky; in the same pass over memory. @default 1, none */
  readonly slope?: number
  /** @default ones */
  readonly weightInit?: Initialiser
}

/** x `[B, H, W, C]` → the same shape. */
export const instanceNorm = ({
  channels,
  affine = true,
  eps = 1e-5,
  slope = 1,
  weightInit = ones,
}: InstanceNormOptions): Layer => ({
  init: (rng) =>
    affine ? { weight: weightInit(rng.fork('weight'), [channels]), bias: zeros(rng.fork('bias'), [channels]) } : {},
  outputShape: (shape) => [...shape],
  apply: (params, x, ctx) => {
    const weight = affine ? param(params, 'weight', ctx) : tf.ones([channels])
    const bias = affine ? param(params, 'bias', ctx) : tf.zeros([channels])
    return { y: normalise(x, weight, bias, { eps, slope }).y, updates: {} }
  },
})
