// Small DCGANs and their weights as tools/oracles/ganmodels_dcgan.py has them. Used by tests.
import { adamInit, scope, unscope, type Layer, type Params } from '@radiograft/nn'
import { formulaParams } from '@radiograft/nn/testing'
import { rng } from '@radiograft/random'
import * as tf from '@tensorflow/tfjs-core'
import { dcganDiscriminator } from '../dcgan/dcganDiscriminator.ts'
import { dcganGenerator } from '../dcgan/dcganGenerator.ts'
import type { DcganNetworks } from '../dcgan/dcganState.ts'

export const DCGAN_LATENT = 6

export const smallDcgan = (size: number, width: number): DcganNetworks => ({
  generator: dcganGenerator({ size, width, latent: DCGAN_LATENT }),
  discriminator: dcganDiscriminator({ size, width }),
})

export const dcganFormula = (network: Layer, name: 'generator' | 'discriminator'): Params =>
  scope(formulaParams(unscope(network.init(rng(0), []), name)), name)

/** A training state of these weights, by name, as a graph takes its inputs; moments and count are 0. */
export const dcganFormulaState = (networks: DcganNetworks): Params =>
  tf.tidy(() => {
    const [g, d] = [
      dcganFormula(networks.generator, 'generator'),
      dcganFormula(networks.discriminator, 'discriminator'),
    ]
    const state: Params = {
      ...unscope(g, 'generator'),
      ...unscope(d, 'discriminator'),
      ...unscope(adamInit(g), 'adam.generator'),
      ...unscope(adamInit(d), 'adam.discriminator'),
      step: tf.scalar(0, 'int32'),
    }
    return Object.fromEntries(Object.entries(state).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  })
