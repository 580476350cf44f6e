import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { Params } from '../Network.ts'

/** The running average of parameters: decay · average + (1 - decay) · params, name by name, running statistics included. */
export const ema = (average: Params, params: Params, decay: number | Tensor): Params =>
  Object.fromEntries(
    Object.entries(average).map(([name, a]) => [name, tf.add(params[name]!, tf.mul(tf.sub(a, params[name]!), decay))]),
  )
