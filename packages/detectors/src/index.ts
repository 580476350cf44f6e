/**
 * @radiograft/detectors: a RetinaNet that is trained on films without boxes too, with residual attention; its anchors,
 * targets, losses and non-maximum suppression; and two baselines that any detector has to beat.
 *
 * ```ts
 * import { anchors, assignTargets, boxPrior, nms } from '@radiograft/detectors'
 *
 * const grid = anchors(128, 128) // [A, 4]
 * const { labels, deltas } = assignTargets(grid, [[26, 44, 54, 85]]) // 1, 0 or −1 an anchor
 * assignTargets(grid, []).labels // a film without boxes: all 0, and trained on
 * nms([[0, 0, 9, 9], [1, 0, 9, 9]], [0.9, 0.8], 0.5) // [0]
 * boxPrior([[[26, 44, 54, 85]], []], 128) // [{ box: [26, 44, 54, 85], score: 0.5 }]
 * ```
 */

// anchors and boxes
export { anchors, cellsOf, pyramidLevels } from './anchors.ts'
export type { AnchorOptions, PyramidLevel } from './anchors.ts'
export { assignTargets } from './assignTargets.ts'
export type { AssignOptions, Targets } from './assignTargets.ts'
export { decodeBoxes, encodeBox } from './boxDeltas.ts'
export { nms } from './nms.ts'

// losses
export { focalLoss } from './losses/focalLoss.ts'
export type { FocalOptions } from './losses/focalLoss.ts'
export { smoothL1 } from './losses/smoothL1.ts'
export type { Normaliser } from './losses/normaliseByPositives.ts'

// the network and its training step
export { RETINA_LEVELS, retinaNet } from './network/retinaNet.ts'
export type { RetinaNet, RetinaNetOptions, RetinaNetOutput } from './network/retinaNet.ts'
export { groupNorm } from './network/groupNorm.ts'
export { detectorLoss } from './detectorLoss.ts'
export type { DetectorLoss, DetectorLossOptions } from './detectorLoss.ts'
export { detectorParams, detectorState, detectorStep } from './detectorStep.ts'
export type { DetectorBatch, DetectorLog, DetectorState, DetectorStepOptions } from './detectorStep.ts'
export { detectorConfig, makeDetectorConfig } from './detectorConfig.ts'
export type { DetectorConfig, DetectorConfigOptions } from './detectorConfig.ts'

// films in
export { augmentation, augmentFilm, warpBoxByEdges } from './augmentFilm.ts'
export type { AugmentedFilm, AugmentOptions } from './augmentFilm.ts'
export { batchAssembler } from './batchAssembler.ts'
export type { AttentionMap, BatchArrays, BatchShape, TrainingFilm } from './batchAssembler.ts'
export { balanceOf, detectorBatches } from './detectorBatches.ts'
export type { DetectorBatchOptions, ListedFilm, ReadFilms } from './detectorBatches.ts'
export { filmClasses } from './filmClasses.ts'
export type { FilmClasses } from './filmClasses.ts'
export { attentionPyramid, normaliseAttention } from './residualAttention.ts'
export type { AttentionForm, AttentionNormalisation } from './residualAttention.ts'

// detections out
export { detector } from './detector.ts'
export type { Detector, DetectorOptions, FilmOutput, SeenFilm } from './detector.ts'
export { exportDetector } from './exportDetector.ts'
export type { ExportDetectorOptions } from './exportDetector.ts'
export { detectionsOf } from './detectionsOf.ts'
export type { Detection, DetectionOptions, ScoreRule } from './detectionsOf.ts'

// baselines
export { boxPrior } from './boxPrior.ts'
export type { BoxPriorOptions, PriorBox } from './boxPrior.ts'
export { brightness } from './brightness.ts'
export type { BrightBox, BrightnessOptions } from './brightness.ts'

// errors
export { DetectorError } from './DetectorError.ts'
