// The plain JSON beside a stored discriminator's tensors. Written by the stages that fit generators, read by what trains one
// further.
import { GanModelsError } from './GanModelsError.ts'

const ARCHITECTURE = 'patchgan'

export interface DiscriminatorConfig {
  readonly architecture: typeof ARCHITECTURE
  readonly network: { readonly filters: number }
}

export const makeDiscriminatorConfig = (filters: number): DiscriminatorConfig => ({
  architecture: ARCHITECTURE,
  network: { filters },
})

/**
 * The configuration in a stored network.
 * @throws GanModelsError when it is that of another kind of network
 */
export const discriminatorConfig = (config: Readonly<Record<string, unknown>>): DiscriminatorConfig => {
  if (config['architecture'] === ARCHITECTURE) return config as unknown as DiscriminatorConfig
  const found = JSON.stringify(config['architecture']) ?? 'none'
  throw new GanModelsError(
    'discriminator',
    `architecture ${found} is no discriminator: wire that of fit-realistic or fit-abnormal-to-normal`,
  )
}
