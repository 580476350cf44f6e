// The training state of a DCGAN: both networks with their running statistics, Adam's moments and the count that draws latents, one
// flat record.
import { adamInit, scope, unscope, type Layer, type Params } from '@radiograft/nn'
import type { Rng } from '@radiograft/random'
import * as tf from '@tensorflow/tfjs-core'
import type { DcganGenerator } from './dcganGenerator.ts'

export type DcganNetworks = { readonly generator: DcganGenerator; readonly discriminator: Layer }

export const [G, D, ADAM_G, ADAM_D, STEP] = [
  'generator',
  'discriminator',
  'adam.generator',
  'adam.discriminator',
  'step',
] as const

/** A state before the first step: parameters drawn by name, moments 0. With augmentation `augmentState()` goes beside it. */
export const dcganState = ({ generator, discriminator }: DcganNetworks, rng: Rng): Params =>
  tf.tidy(() => {
    const { size, latent } = generator
    const g = generator.init(rng.fork(G), [latent])
    const d = discriminator.init(rng.fork(D), [size, size, 1])
    return {
      ...unscope(g, G),
      ...unscope(d, D),
      ...unscope(adamInit(g), ADAM_G),
      ...unscope(adamInit(d), ADAM_D),
      [STEP]: tf.scalar(0, 'int32'),
    }
  })

/** The generator's parameters and running statistics out of a training state. */
export const dcganGeneratorOf = (state: Params): Params => scope(state, G)
