// Whether a finished aligner is one that a fit can start from. Used by the entry of `fit-aligner`.
import { checkInitialNetwork } from '@radiograft/pipeline'
import type { InitialNetwork } from '@radiograft/pipeline'
import { alignerConfig } from '../alignerConfig.ts'
import { AlignError } from '../AlignError.ts'

/**
 * Its reference may be another film than this fit's: training moves on to the new one.
 * @param size side of the films that the new aligner sees
 * @throws AlignError when one input is wired without the other, or the aligner is not the one asked for
 * @throws LeakageError when it has seen a patient of the split's validation or test part
 */
export const checkInitialAligner = (inputs: InitialNetwork, size: number): void =>
  checkInitialNetwork(inputs, {
    network: 'aligner',
    refuse: (port, problem) => new AlignError(port, problem),
    check: (config) => {
      const found = alignerConfig(config)
      if (found.size !== size)
        throw new AlignError(
          'init',
          `size is ${found.size} in that aligner and ${size} here: set size to ${found.size}, or leave init unwired`,
        )
    },
  })
