// Normal initialisers: a fixed width (GANs), He's and Xavier's.
import { tensor } from '@tensorflow/tfjs-core'
import { fans } from './Initialiser.ts'
import type { Initialiser } from './Initialiser.ts'

const scaled =
  (width: (shape: readonly number[]) => number): Initialiser =>
  (rng, shape) => {
    const std = width(shape)
    const values = rng.normals(shape.reduce((a, b) => a * b, 1))
    return tensor(
      values.map((z) => z * std),
      [...shape],
      'float32',
    )
  }

/** N(0, std²). CycleGAN and DCGAN: .02. */
export const normal = (std: number): Initialiser => scaled(() => std)

/** He et al. 2015: std = gain / sqrt(fan). torch's `kaiming_normal_`; its ResNets use `fanOut`. @default gain sqrt(2), for ReLU */
export const heNormal = (mode: 'fanIn' | 'fanOut' = 'fanIn', gain = Math.SQRT2): Initialiser =>
  scaled((shape) => gain / Math.sqrt(fans(shape)[mode]))

/** Glorot and Bengio 2010: std = gain · sqrt(2 / (fanIn + fanOut)). */
export const xavierNormal = (gain = 1): Initialiser =>
  scaled((shape) => {
    const { fanIn, fanOut } = fans(shape)
    return gain * Math.sqrt(2 / (fanIn + fanOut))
  })
