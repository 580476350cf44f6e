// A training state whose weights are those of the peer, from the formula of name and index; optimiser slots stay zero.
// Used by our sides.
import type { Params } from '@radiograft/nn'
import { formulaParams } from '@radiograft/nn/testing'
import * as tf from '@tensorflow/tfjs-core'

/** @param state is disposed of @param kept prefixes of what stays as it is */
export const formulaState = (state: Params, kept: ReadonlyArray<string> = ['adam']): Params => {
  const stays = (name: string): boolean => kept.some((prefix) => name.startsWith(prefix)) || name === 'step'
  const learned = Object.fromEntries(Object.entries(state).filter(([name]) => !stays(name)))
  const filled = formulaParams(learned)
  tf.dispose(learned)
  return { ...state, ...filled }
}
