// The plain JSON beside a stored detector's tensors: all that rebuilds it and all that its user must know. Written by the
// `fit-detector` stage, read by `detect`.
import { pyramidLevels, type PyramidLevel } from './anchors.ts'
import { DetectorError } from './DetectorError.ts'
import type { RetinaNetOptions } from './network/retinaNet.ts'
import type { FilmClasses } from './filmClasses.ts'
import type { AttentionForm, AttentionNormalisation } from './residualAttention.ts'

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

/** What a fit stage is asked for, in the terms of its parameters (rows G15, G17, G18). */
export interface DetectorConfigOptions {
  readonly backboneWidth: number
  readonly headChannels: number
  readonly headNorm: 'none' | 'group'
  readonly dropout: number
  readonly anchorFactor: number
  readonly attentionForm: AttentionForm
  readonly attentionLevels: ReadonlyArray<number>
  readonly attentionBy: 'constant' | 'film-max'
  readonly attentionReference: number
}

/** @param film size of the films; @param classes of the film head */
export const makeDetectorConfig = (
  film: { readonly height: number; readonly width: number },
  classes: Pick<FilmClasses, 'names' | 'positive'>,
  attends: boolean,
  options: DetectorConfigOptions,
): DetectorConfig => ({
  architecture: 'retinanet-resnet18',
  height: film.height,
  width: film.width,
  levels: pyramidLevels(options.anchorFactor),
  classNames: classes.names,
  positiveClasses: classes.positive,
  attention: attends ? { by: options.attentionBy, reference: options.attentionReference } : null,
  network: {
    classes: classes.names.length,
    backboneWidth: options.backboneWidth,
    headChannels: options.headChannels,
    headNorm: options.headNorm,
    dropout: options.dropout,
    ...(attends ? { attention: { form: options.attentionForm, levels: options.attentionLevels } } : {}),
  },
})

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
