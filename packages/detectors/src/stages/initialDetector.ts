// Whether a finished detector is one that a fit can start from. Used by the entry of `fit-detector`.
import { checkInitialNetwork } from '@radiograft/pipeline'
import type { InitialNetwork } from '@radiograft/pipeline'
import { detectorConfig } from '../detectorConfig.ts'
import type { DetectorConfig } from '../detectorConfig.ts'
import { DetectorError } from '../DetectorError.ts'

/** What decides shapes, and what decides the meaning of an output, with the parameter or input that sets it. */
const fields: ReadonlyArray<readonly [name: string, of: (config: DetectorConfig) => unknown, recovery: string]> = [
  ['backboneWidth', ({ network }) => network.backboneWidth ?? 64, 'set backboneWidth to that of the network'],
  ['headChannels', ({ network }) => network.headChannels, 'set headChannels to that of the network'],
  ['headNorm', ({ network }) => network.headNorm, 'set headNorm to that of the network'],
  ['classNames', ({ classNames }) => classNames, 'its films had other classes; set globalClasses as it was then'],
  ['levels', ({ levels }) => levels, 'set anchorFactor as it was when the network was fitted'],
]

/**
 * Film size and attention may differ: the network is convolutional, and attention has no weights of its own.
 * @throws DetectorError when one input is wired without the other, or the detector is not the one asked for
 * @throws LeakageError when it has seen a patient of the split's validation or test part
 */
export const checkInitialDetector = (inputs: InitialNetwork, wanted: DetectorConfig): void =>
  checkInitialNetwork(inputs, {
    network: 'detector',
    refuse: (port, problem) => new DetectorError(port, problem),
    check: (config) => {
      const found = detectorConfig(config)
      for (const [name, of, recovery] of fields) {
        const [is, should] = [JSON.stringify(of(found)), JSON.stringify(of(wanted))]
        if (is !== should)
          throw new DetectorError(
            'init',
            `${name} is ${is} in that detector and ${should} here: ${recovery}, or leave init unwired`,
          )
      }
    },
  })
