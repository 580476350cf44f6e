// The plain JSON beside a stored detector's tensors: all that rebuilds it and all that its user must know. Written by the
// `fit-detector` stage, read by `detect`.
import type { PyramidLevel } from './anchors.ts'
import { DetectorError } from './DetectorError.ts'
import type { RetinaNetOptions } from './network/retinaNet.ts'
import type { AttentionNormalisation } from './residualAttention.ts'

export interface DetectorConfig {
  readonly architecture: 'retinanet-resnet18'
  /** size of the films it was trained on, and takes */
  readonly height: number
  readonly width: number
  readonly levels: ReadonlyArray<PyramidLevel>
  readonly network: RetinaNetOptions
  /** the film head's classes, and which of them are positives */
  readonly classNames: ReadonlyArray<string>
  readonly positiveClasses: ReadonlyArray<number>
  /** how residuals become attention maps; null without attention */
  readonly attention: Required<AttentionNormalisation> | null
}

/**
 * The configuration in a stored network.
 * @throws DetectorError when it is that of another kind of network
 */
export const detectorConfig = (config: Readonly<Record<string, unknown>>): DetectorConfig => {
  if (config['architecture'] !== 'retinanet-resnet18') {
    const found = JSON.stringify(config['architecture']) ?? 'none'
    throw new DetectorError('detectorConfig', `architecture ${found} is no detector: wire the output of fit-detector`)
  }
  return config as unknown as DetectorConfig
}
