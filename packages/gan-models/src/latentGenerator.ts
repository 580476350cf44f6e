// A stored generator that makes films from latents: the plain JSON beside its tensors, and the function that rebuilds it. Written
// by the stages that fit such generators, read by `sample` and by searches of latents.
import type { Params } from '@radiograft/nn'
import type * as tf from '@tensorflow/tfjs-core'
import { dcganGenerator } from './dcgan/dcganGenerator.ts'
import { GanModelsError } from './GanModelsError.ts'
import { progressiveChannels } from './progressive/progressiveChannels.ts'
import { progressiveGenerator } from './progressive/progressiveGenerator.ts'

/** Of what latents are drawn: uniform on the sphere ‖z‖ = √latent, or in the cube [−1, 1]^latent. */
export type LatentPrior = 'sphere' | 'uniform'

export interface ProgressiveGeneratorConfig {
  readonly architecture: 'progressive-generator'
  /** what it was trained with, and what a search of its latents stays inside of @default the architecture's own */
  readonly prior?: 'sphere'
  /** side of its films, pixels */
  readonly size: number
  /** numbers in a latent */
  readonly latent: number
  /** cap of feature maps (`progressiveChannels`) */
  readonly largest: number
}

export interface DcganGeneratorConfig {
  readonly architecture: 'dcgan-generator'
  /** what it was trained with, and what a search of its latents stays inside of @default the architecture's own */
  readonly prior?: 'uniform'
  /** side of its films, pixels */
  readonly size: number
  /** numbers in a latent */
  readonly latent: number
  /** cap of feature maps (`dcganMaps`) */
  readonly width: number
}

export type LatentGeneratorConfig = ProgressiveGeneratorConfig | DcganGeneratorConfig

export interface LatentGenerator {
  readonly size: number
  readonly latent: number
  readonly prior: LatentPrior
  /** latents [B, latent] → films [B, size, size, 1] about in [−1, 1]; differentiable, pure */
  films(params: Params, latents: tf.Tensor): tf.Tensor
}

const makers = {
  'progressive-generator': ({
    size,
    latent,
    largest,
    prior = 'sphere',
  }: ProgressiveGeneratorConfig): LatentGenerator => {
    const network = progressiveGenerator({ resolution: size, latent, channels: progressiveChannels(largest) })
    return { size, latent, prior, films: (params, z) => network.apply(params, z, { training: false }).y }
  },
  // by the running statistics of its norms, so that a film does not depend on the others of its batch
  'dcgan-generator': ({ size, latent, width, prior = 'uniform' }: DcganGeneratorConfig): LatentGenerator => {
    const network = dcganGenerator({ size, latent, width })
    return { size, latent, prior, films: (params, z) => network.apply(params, z, { training: false }).y }
  },
} as const

/**
 * The generator of a stored network.
 * @throws GanModelsError when it is that of another kind of network
 */
export const latentGenerator = (config: Readonly<Record<string, unknown>>): LatentGenerator => {
  const { architecture } = config
  if (!Object.keys(makers).includes(architecture as string)) {
    const found = JSON.stringify(architecture) ?? 'none'
    throw new GanModelsError(
      'generator',
      `architecture ${found} makes no films from latents: wire the output of ${Object.keys(makers).join(', ').replaceAll('-generator', '')} fits`,
    )
  }
  const maker = makers[architecture as keyof typeof makers] as (config: LatentGeneratorConfig) => LatentGenerator
  return maker(config as unknown as LatentGeneratorConfig)
}
