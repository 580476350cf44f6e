// Instance normalisation (Ulyanov et al. 2016): each channel of each film to mean 0 and variance 1, then scale and shift.
// Used by the CycleGAN generator and PatchGAN (G11, G12). Parameters with `affine`: `weight` [C], `bias` [C].
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
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
  /** @default ones */
  readonly weightInit?: Initialiser
}

const FILM = [1, 2]

const statistics = (x: Tensor, eps: number): { centred: Tensor; rstd: Tensor } => {
  const centred = tf.sub(x, tf.mean(x, FILM, true))
  return { centred, rstd: tf.rsqrt(tf.add(tf.mean(tf.square(centred), FILM, true), eps)) } // biased variance
}

/**
 * The closed gradient, 1.5 times as fast as the derivative of the composition. It starts again from `x` and is itself made
 * of differentiable operations, so second gradients are right; in a compiled step the repeated statistics are shared.
 */
const normalise = (x: Tensor, eps: number): Tensor =>
  tf.customGrad((x_, save) => {
    const x = x_ as Tensor
    ;(save as tf.GradSaveFunc)([x])
    const { centred, rstd } = statistics(x, eps)
    return {
      value: tf.mul(centred, rstd),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        // dx = rstd (dy - mean(dy) - x̂ mean(dy x̂)), x̂ = centred rstd, means over H and W
        const { centred, rstd } = statistics(saved[0]!, eps)
        const m1 = tf.mean(dy, FILM, true)
        const m2 = tf.mul(tf.mean(tf.mul(dy, centred), FILM, true), tf.square(rstd))
        return tf.mul(tf.sub(tf.sub(dy, m1), tf.mul(centred, m2)), rstd)
      },
    }
  })(x)

/** x `[B, H, W, C]` → the same shape. */
export const instanceNorm = ({
  channels,
  affine = true,
  eps = 1e-5,
  weightInit = ones,
}: InstanceNormOptions): Layer => ({
  init: (rng) =>
    affine ? { weight: weightInit(rng.fork('weight'), [channels]), bias: zeros(rng.fork('bias'), [channels]) } : {},
  outputShape: (shape) => [...shape],
  apply: (params, x, ctx) => {
    const normal = normalise(x, eps)
    if (!affine) return { y: normal, updates: {} }
    return { y: tf.add(tf.mul(normal, param(params, 'weight', ctx)), param(params, 'bias', ctx)), updates: {} }
  },
})
