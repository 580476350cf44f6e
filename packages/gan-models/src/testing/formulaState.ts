// A training state whose weights are the formula of the oracles and whose moments are 0. Used by tests of the step.
import { adamInit, scope, unscope, type Params } from '@radiograft/nn'
import { formulaParams } from '@radiograft/nn/testing'
import { rng } from '@radiograft/random'
import * as tf from '@tensorflow/tfjs-core'
import { pairedTranslationState, type PairedTranslationOptions } from '../models/pairedTranslation.ts'

/**
 * By name, the order in which a graph takes its inputs: the norm of all gradients is a sum, and sums depend on order.
 * @param size side of the films
 */
export const formulaState = (
  networks: Pick<PairedTranslationOptions, 'generator' | 'discriminator'>,
  size: number,
): Params =>
  tf.tidy(() => {
    const start = pairedTranslationState(networks, rng(0), [size, size, 1])
    const of = (net: string): Params => {
      const params = scope(formulaParams(unscope(scope(start, net), net)), net)
      return { ...unscope(params, net), ...unscope(adamInit(params), `adam.${net}`) }
    }
    const state = { ...of('generator'), ...of('discriminator') }
    return Object.fromEntries(Object.entries(state).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  })
