// A feature network as stored: the kind `network`, with a configuration that rebuilds the extractor. Written by
// `read-extractor`, read by networkExtractor.
import { FeaturesError } from '../FeaturesError.ts'
import type { LayerStep } from '../layersModel/LayerStep.ts'

export interface ExtractorConfig {
  readonly architecture: 'layers-model'
  /** such as `mobilenet-v2-224` */
  readonly name: string
  /** of its weights' bytes */
  readonly sha256: string
  /** side of the square films that it takes */
  readonly side: number
  /** numbers a film */
  readonly columns: number
  readonly steps: ReadonlyArray<LayerStep>
}

export interface ExtractorNetwork {
  readonly config: ExtractorConfig
  readonly tensors: Readonly<Record<string, { readonly shape: ReadonlyArray<number>; readonly data: Float32Array }>>
}

/** @throws FeaturesError where the configuration is that of another kind of network */
export const extractorConfig = (config: Readonly<Record<string, unknown>>): ExtractorConfig => {
  if (config['architecture'] !== 'layers-model')
    throw new FeaturesError(
      'network',
      `architecture ${JSON.stringify(config['architecture']) ?? 'none'} is no feature network: wire what read-extractor gives`,
    )
  return config as unknown as ExtractorConfig
}
