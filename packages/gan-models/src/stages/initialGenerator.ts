// Whether a finished generator is one that a fit can start from. Used by both fits.
import { checkInitialNetwork, type InitialNetwork } from '@radiograft/pipeline'
import { generatorConfig, type GeneratorConfig } from '../generatorConfig.ts'
import { GanModelsError } from '../GanModelsError.ts'

/**
 * The size of films may differ: the network is convolutional, so what was fitted small can go on larger.
 * @throws GanModelsError when one input is wired without the other, or the generator is not the one asked for
 * @throws LeakageError when it has seen a patient of the split's validation or test part
 */
export const checkInitialGenerator = (inputs: InitialNetwork, wanted: GeneratorConfig['network']): void =>
  checkInitialNetwork(inputs, {
    network: 'generator',
    refuse: (port, problem) => new GanModelsError(port, problem),
    check: (config) => {
      const found = generatorConfig(config).network
      for (const field of ['filters', 'blocks', 'skip'] as const)
        if (found[field] !== wanted[field])
          throw new GanModelsError(
            'init',
            `${field} is ${found[field]} in that generator and ${wanted[field]} here: set ${field} to ${found[field]}, or leave init unwired`,
          )
    },
  })
