/**
 * @radiograft/features: films to features, by one interface. Extractors, the ladder of corruptions that says whether a
 * measure rises when films get worse, and the way between stored features and those that measures take.
 *
 * ```ts
 * import { corruptionLadder, pixelExtractor } from '@radiograft/features'
 * import { extractFeatures, kernelMeasure } from '@radiograft/metrics/distribution'
 *
 * const set = await extractFeatures(pixelExtractor(), films, patients) // films: { pixels, count, height, width } in [0, 1]
 * const stream = { ids, units: patients, height: 64, width: 64, pixels: () => arrays }
 * const ladder = await corruptionLadder(kernelMeasure, pixelExtractor(), stream, rng('ladder'))
 * console.log(ladder.map(({ corruption, rho }) => [corruption, rho])) // [['noise', 1], …]
 * ```
 */

// extractors
export type { Extractor } from './extractors/Extractor.ts'
export { pixelExtractor } from './extractors/pixelExtractor.ts'
export { mobilenetV2, readMobilenetV2 } from './extractors/mobilenetV2.ts'
export { classifierExtractor } from './extractors/classifierExtractor.ts'
export type { StoredNetwork } from './extractors/classifierExtractor.ts'
export { storedExtractor } from './extractors/storedExtractor.ts'
export { tensorsDigest } from './extractors/tensorsDigest.ts'
export { networkExtractor } from './extractors/networkExtractor.ts'
export type { NetworkExtractorOptions } from './extractors/networkExtractor.ts'
export type { ExtractorConfig, ExtractorNetwork } from './extractors/ExtractorNetwork.ts'
export { resizeBicubic } from './resize/resizeBicubic.ts'

// TF.js layers models
export { parseLayersModel } from './layersModel/parseLayersModel.ts'
export type { LayersModel, ModelLayer, WeightEntry, WeightGroup } from './layersModel/parseLayersModel.ts'
export { readLayersModel } from './layersModel/readLayersModel.ts'
export type { StoredLayersModel } from './layersModel/readLayersModel.ts'
export { layersNetwork } from './layersModel/layersNetwork.ts'
export type { LayersNetwork } from './layersModel/layersNetwork.ts'
export { applyLayers } from './layersModel/applyLayers.ts'
export type { ConvStep, LayerStep } from './layersModel/LayerStep.ts'

// films one after another, and a row as it is stored
export type { FilmStream } from './FilmStream.ts'
export { rowsOfFilms } from './rowsOfFilms.ts'
export { featureRow } from './featureRow.ts'
export { featureSetOf, type FeatureRow } from '@radiograft/metrics/distribution'

// the ladder
export { corrupt, corruptions } from './corruptions/corruptions.ts'
export type { Corruption, CorruptionName } from './corruptions/corruptions.ts'
export type { GreyFilm } from './corruptions/GreyFilm.ts'
export { corruptionLadder, ladderFeatures, measureLadder } from './ladder/corruptionLadder.ts'
export type { Ladder, LadderFeatures, LadderOptions, Rung } from './ladder/corruptionLadder.ts'
export { patientHalves } from './ladder/patientHalves.ts'
export { spearmanRho } from './ladder/spearmanRho.ts'

// errors
export { FeaturesError } from './FeaturesError.ts'
export { LayersModelError } from './layersModel/LayersModelError.ts'
export type { LayersModelProblem } from './layersModel/LayersModelError.ts'
