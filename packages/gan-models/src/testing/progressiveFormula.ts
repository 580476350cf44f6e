// Small progressive networks and their weights as tools/oracles/ganmodels_progressive.py has them. Used by tests.
import { adamInit, unscope, type Layer, type Params } from '@radiograft/nn'
import { formula } from '@radiograft/nn/testing'
import { rng } from '@radiograft/random'
import * as tf from '@tensorflow/tfjs-core'
import { progressiveCritic } from '../progressive/progressiveCritic.ts'
import { progressiveGenerator } from '../progressive/progressiveGenerator.ts'
import type { Growth } from '../progressive/ProgressiveNetwork.ts'
import type { ProgressiveNetworks } from '../progressive/progressiveState.ts'

export const LATENT = 6
const channels = (resolution: number): number => Math.max(8, 96 / resolution)

export const smallNetworks = (growth: Growth): ProgressiveNetworks => ({
  generator: progressiveGenerator({ ...growth, channels, latent: LATENT }),
  critic: progressiveCritic({ ...growth, channels }),
})

/** Unit uniforms: the reference's weights start from N(0, 1). */
export const progressiveFormula = (network: Layer, name: 'generator' | 'critic'): Params =>
  Object.fromEntries(
    Object.entries(network.init(rng(0), [])).map(([key, { shape }]) => [
      key,
      formula(`${name}.${key}`, shape, key.endsWith('bias') ? 0.1 : Math.sqrt(3)),
    ]),
  )

/** A training state of these weights, by name, as a graph takes its inputs; moments and count are 0. */
export const progressiveFormulaState = (networks: ProgressiveNetworks): Params =>
  tf.tidy(() => {
    const [g, c] = [progressiveFormula(networks.generator, 'generator'), progressiveFormula(networks.critic, 'critic')]
    const average = Object.fromEntries(Object.entries(g).map(([key, value]) => [key, tf.clone(value)]))
    const state: Params = {
      ...unscope(g, 'generator'),
      ...unscope(c, 'critic'),
      ...unscope(average, 'average'),
      ...unscope(adamInit(g), 'adam.generator'),
      ...unscope(adamInit(c), 'adam.critic'),
      step: tf.scalar(0, 'int32'),
    }
    return Object.fromEntries(Object.entries(state).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  })
