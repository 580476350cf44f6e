// Dropout whose masks depend on seed, step and place alone, so a step can be run again and gives the same answer.
import { statelessUniform, stepSeed } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import type { Layer } from '../Network.ts'
import { NetworkError } from '../NetworkError.ts'

export type DropoutOptions = {
  /** Share of numbers set to zero, in [0, 1). The others are scaled by 1 / (1 - rate). */
  readonly rate: number
  /** Names this layer's stream of masks. @default its path in the network */
  readonly site?: string
}

/** x of any shape → the same shape. While training it needs `ctx.random`. */
export const dropout = ({ rate, site }: DropoutOptions): Layer => {
  if (!(rate >= 0 && rate < 1)) throw new NetworkError('dropout', `rate is ${rate}, expected 0 <= rate < 1`)
  return {
    init: () => ({}),
    outputShape: (shape) => [...shape],
    apply: (_, x, ctx) => {
      if (!ctx.training || rate === 0) return { y: x, updates: {} }
      const name = site ?? ctx.path ?? 'dropout'
      if (ctx.random === undefined)
        throw new NetworkError(name, 'dropout while training needs ctx.random: { seed, step }')
      const u = statelessUniform(x.shape, stepSeed(ctx.random.seed, name, ctx.random.step))
      const mask = tf.mul(tf.cast(tf.greaterEqual(u, rate), 'float32'), 1 / (1 - rate))
      return { y: tf.mul(x, mask), updates: {} }
    },
  }
}
