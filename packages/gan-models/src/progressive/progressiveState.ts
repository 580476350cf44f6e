// The training state of a progressive GAN: both networks, the generator's running average, Adam's moments and the count that
// draws latents, one flat record. Growing is a pure function from one to the next: parameters stay by their names.
import { adamInit, scope, unscope, type Params } from '@radiograft/nn'
import type { Rng } from '@radiograft/random'
import * as tf from '@tensorflow/tfjs-core'
import { augmentPartOf } from '../augment/augmentControl.ts'
import { GanModelsError } from '../GanModelsError.ts'
import type { ProgressiveGenerator } from './progressiveGenerator.ts'
import type { ProgressiveNetwork } from './ProgressiveNetwork.ts'

export type ProgressiveNetworks = { readonly generator: ProgressiveGenerator; readonly critic: ProgressiveNetwork }

export const [G, C, AVERAGE, ADAM_G, ADAM_C, STEP] = [
  'generator',
  'critic',
  'average',
  'adam.generator',
  'adam.critic',
  'step',
] as const

/** The parameters that `fresh` asks for, those of `from` where there are any. */
const kept = (fresh: Params, from: Params): Params =>
  Object.fromEntries(
    Object.entries(fresh).map(([name, value]) => {
      const old = from[name]
      if (old !== undefined && String(old.shape) !== String(value.shape))
        throw new GanModelsError(
          name,
          `has shape [${old.shape.join(', ')}] before growth and [${value.shape.join(', ')}] after; channels may not change`,
        )
      // a copy: each state is disposed of as a whole
      return [name, tf.clone(old ?? value)]
    }),
  )

/** @throws GanModelsError when the networks are at different places of growth */
const checkPair = ({ generator, critic }: ProgressiveNetworks): void => {
  const place = ({ resolution, fading }: ProgressiveNetwork): string => `${resolution}²${fading ? ' fading' : ''}`
  if (place(generator) !== place(critic))
    throw new GanModelsError('critic', `is made for ${place(critic)}, the generator for ${place(generator)}`)
}

/**
 * A state before the first step: parameters drawn by name, the average equal to the generator, moments 0.
 * @throws GanModelsError when the networks are at different places of growth
 */
export const progressiveState = (networks: ProgressiveNetworks, rng: Rng): Params =>
  grownState({}, networks, rng, { resetAdam: true })

/**
 * The state of the next phase: what `state` has stays, new layers are drawn by name, layers that are faded out go. The average of
 * a new layer starts at the layer.
 * @param resetAdam all moments start from zero (P8: at each new resolution); else they stay, with zeros for new layers
 * @throws GanModelsError when the networks are at different places of growth, or a kept parameter would change its shape
 */
export const grownState = (
  state: Params,
  networks: ProgressiveNetworks,
  rng: Rng,
  { resetAdam }: { readonly resetAdam: boolean },
): Params => {
  checkPair(networks)
  return tf.tidy(() => {
    const grow = (name: typeof G | typeof C, adam: typeof ADAM_G | typeof ADAM_C) => {
      const { resolution, ...network } = networks[name]
      const params = kept(network.init(rng.fork(name), [resolution, resolution, 1]), scope(state, name))
      return { params, moments: kept(adamInit(params), resetAdam ? {} : scope(state, adam)) }
    }
    const [g, c] = [grow(G, ADAM_G), grow(C, ADAM_C)]
    return {
      ...unscope(g.params, G),
      ...unscope(c.params, C),
      ...unscope(kept(g.params, scope(state, AVERAGE)), AVERAGE),
      ...unscope(g.moments, ADAM_G),
      ...unscope(c.moments, ADAM_C),
      ...kept(augmentPartOf(state), state),
      [STEP]: state[STEP]?.clone() ?? tf.scalar(0, 'int32'),
    }
  })
}

/** The running average of the generator's parameters: the network that films are made with. */
export const averageOf = (state: Params): Params => scope(state, AVERAGE)
