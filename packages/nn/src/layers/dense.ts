// A fully connected layer. Parameters: `weight` [in, out] (torch's transposed) and, with `bias`, `bias` [out].
import * as tf from '@tensorflow/tfjs-core'
import type { Initialiser } from '../initialisers/Initialiser.ts'
import { torchUniform, uniform } from '../initialisers/uniforms.ts'
import type { Layer } from '../Network.ts'
import { param } from '../params/param.ts'

export type DenseOptions = {
  readonly inC: number
  readonly outC: number
  /** @default true */
  readonly bias?: boolean
  /** @default torchUniform */
  readonly weightInit?: Initialiser
  /** @default U(±1/sqrt(inC)), as torch */
  readonly biasInit?: Initialiser
}

/** x `[B, inC]` → `[B, outC]`. */
export const dense = (options: DenseOptions): Layer => {
  const { inC, outC, bias = true, weightInit = torchUniform } = options
  const biasInit = options.biasInit ?? uniform(1 / Math.sqrt(inC))
  return {
    init: (rng) => ({
      weight: weightInit(rng.fork('weight'), [inC, outC]),
      ...(bias ? { bias: biasInit(rng.fork('bias'), [outC]) } : {}),
    }),
    outputShape: () => [outC],
    apply: (params, x, ctx) => {
      const y = tf.matMul(x, param(params, 'weight', ctx))
      return { y: bias ? tf.add(y, param(params, 'bias', ctx)) : y, updates: {} }
    },
  }
}
