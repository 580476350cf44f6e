// A classifier that was trained on the cohort's training patients as an extractor (P1, P10): the mean of its last map.
import { classifierConfig, classifierFeatures } from '@radiograft/classifiers'
import { fromNetworkTensors } from '@radiograft/nn'
import * as tf from '@tensorflow/tfjs-core'
import type { Extractor } from './Extractor.ts'
import type { ExtractorNetwork } from './ExtractorNetwork.ts'
import type { NetworkExtractorOptions } from './networkExtractor.ts'
import { tensorsDigest } from './tensorsDigest.ts'

/** A stored network of any kind. */
export interface StoredNetwork extends Pick<ExtractorNetwork, 'tensors'> {
  readonly config: Readonly<Record<string, unknown>>
}

/** @throws ClassifierError when the network is no classifier */
export const classifierExtractor = (network: StoredNetwork, options: NetworkExtractorOptions = {}): Extractor => {
  const params = fromNetworkTensors(network.tensors)
  const { dispose, ...extractor } = classifierFeatures(classifierConfig(network.config), params, options)
  return {
    ...extractor,
    sha256: tensorsDigest(network.tensors),
    dispose: () => {
      dispose()
      tf.dispose(params)
    },
  }
}
