// The plain JSON beside a stored generator's tensors: what rebuilds it and what its user must know. Written by the stages
// that fit generators, read by `generate` and `residual`.
import { GanModelsError } from './GanModelsError.ts'
import type { GeneratorOptions } from './networks/cycleGanGenerator.ts'

const ARCHITECTURE = 'cyclegan-generator'

export interface GeneratorConfig {
  readonly architecture: typeof ARCHITECTURE
  /** side of the square films it was trained on, pixels */
  readonly size: number
  readonly network: Required<Omit<GeneratorOptions, 'channels'>>
}

export const makeGeneratorConfig = (size: number, network: GeneratorConfig['network']): GeneratorConfig => ({
  architecture: ARCHITECTURE,
  size,
  network,
})

/**
 * The configuration in a stored network.
 * @throws GanModelsError when it is that of another kind of network
 */
export const generatorConfig = (config: Readonly<Record<string, unknown>>): GeneratorConfig => {
  if (config['architecture'] !== ARCHITECTURE) {
    const found = JSON.stringify(config['architecture']) ?? 'none'
    throw new GanModelsError(
      'generator',
      `architecture ${found} is no generator of films: wire the output of fit-realistic or fit-abnormal-to-normal`,
    )
  }
  return config as unknown as GeneratorConfig
}
