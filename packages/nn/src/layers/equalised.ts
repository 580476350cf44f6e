// Layers with an equalised learning rate (Karras et al. 2018, section 4.1; row P8): weights start from N(0, 1) and are multiplied
// by He's constant at every use, so that Adam moves all of them at one speed. Biases start at 0 and are taken as they are (the
// published code of row P7 scales them too). Parameters are those of the layers underneath.
import * as tf from '@tensorflow/tfjs-core'
import { zeros } from '../initialisers/constants.ts'
import { fans } from '../initialisers/Initialiser.ts'
import { normal } from '../initialisers/normals.ts'
import type { Layer } from '../Network.ts'
import { param } from '../params/param.ts'
import { conv2d, type Conv2dOptions } from './conv2d.ts'
import { dense, type DenseOptions } from './dense.ts'

type Equalised<Options> = Omit<Options, 'weightInit' | 'biasInit'> & {
  /** He's gain. @default sqrt(2) */
  readonly gain?: number
}

const start = { weightInit: normal(1), biasInit: zeros }

/** y = layer(x) with weight · gain / sqrt(fanIn). */
const scaled = (layer: Layer, gain: number): Layer => ({
  ...layer,
  apply: (params, x, ctx) => {
    const weight = param(params, 'weight', ctx)
    const he = gain / Math.sqrt(fans(weight.shape).fanIn)
    return layer.apply({ ...params, weight: tf.mul(weight, he) }, x, ctx)
  },
})

/** `conv2d` with an equalised learning rate. */
export const equalisedConv2d = ({ gain = Math.SQRT2, ...options }: Equalised<Conv2dOptions>): Layer =>
  scaled(conv2d({ ...options, ...start }), gain)

/** `dense` with an equalised learning rate. */
export const equalisedDense = ({ gain = Math.SQRT2, ...options }: Equalised<DenseOptions>): Layer =>
  scaled(dense({ ...options, ...start }), gain)
