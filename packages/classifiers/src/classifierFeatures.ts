// A trained classifier as an extractor of features: the mean of its last map, before any class (P1, P10). Structurally what
// @radiograft/metrics takes as one, but for the weights' digest, which whoever has the file adds.
import type { Params } from '@radiograft/nn'
import type { ClassifierConfig } from './classifierConfig.ts'
import { filmClassifier, type FilmBatch, type FilmClassifierOptions } from './filmClassifier.ts'

export interface ClassifierFeatures {
  /** `small-cnn-64`: architecture and size */
  readonly name: string
  /** numbers a film */
  readonly columns: number
  /** `area-64`: exact area average; growing, bilinear */
  readonly resizeFilter: string
  /** One row a film, in their order; films of any size in [0, 1]. */
  readonly extract: (films: FilmBatch) => Promise<{
    readonly values: Float32Array
    readonly rows: number
    readonly columns: number
  }>
  /** Frees the graph; `params` stay the caller's. */
  readonly dispose: () => void
}

/** @param params must stay as long as features are extracted */
export const classifierFeatures = (
  config: ClassifierConfig,
  params: Params,
  options: FilmClassifierOptions = {},
): ClassifierFeatures => {
  const classifier = filmClassifier(config, options)
  const columns = classifier.features
  return {
    name: `${config.architecture}-${config.size}`,
    columns,
    resizeFilter: `area-${config.size}`,
    extract: async (films) => {
      const { features } = await classifier.classify(params, films)
      return { values: features, rows: films.count, columns }
    },
    dispose: classifier.dispose,
  }
}
