// Uniform initialisers: torch's default for convolutions and dense layers, and Xavier's.
import { tensor } from '@tensorflow/tfjs-core'
import { fans } from './Initialiser.ts'
import type { Initialiser } from './Initialiser.ts'

const within =
  (bound: (shape: readonly number[]) => number): Initialiser =>
  (rng, shape) => {
    const b = bound(shape)
    const values = rng.uniforms(shape.reduce((p, q) => p * q, 1))
    return tensor(
      values.map((u) => (2 * u - 1) * b),
      [...shape],
      'float32',
    )
  }

/** U(-bound, bound). */
export const uniform = (bound: number): Initialiser => within(() => bound)

/** U(±1/sqrt(fanIn)): what torch gives to weights of `Conv2d` and `Linear` (`kaiming_uniform_` with a = sqrt(5)). */
export const torchUniform: Initialiser = within((shape) => 1 / Math.sqrt(fans(shape).fanIn))

/** `kaiming_uniform_`: bound = gain · sqrt(3 / fanIn); torchvision's FPN has gain 1 (its a = 1). @default gain sqrt(2), for ReLU */
export const heUniform = (gain = Math.SQRT2): Initialiser => within((shape) => gain * Math.sqrt(3 / fans(shape).fanIn))

/** Glorot and Bengio 2010: bound = gain · sqrt(6 / (fanIn + fanOut)). */
export const xavierUniform = (gain = 1): Initialiser =>
  within((shape) => {
    const { fanIn, fanOut } = fans(shape)
    return gain * Math.sqrt(6 / (fanIn + fanOut))
  })
