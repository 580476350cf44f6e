// The extractor of a stored network, whichever kind it is.
import { classifierExtractor, type StoredNetwork } from './classifierExtractor.ts'
import type { Extractor } from './Extractor.ts'
import { networkExtractor, type NetworkExtractorOptions } from './networkExtractor.ts'

/**
 * What `read-extractor` or `fit-classifier` stored, at work.
 * @throws FeaturesError when the network is neither
 */
export const storedExtractor = (network: StoredNetwork, options?: NetworkExtractorOptions): Extractor =>
  network.config['architecture'] === 'small-cnn'
    ? classifierExtractor(network, options)
    : networkExtractor(network, options)
