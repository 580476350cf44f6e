/**
 * @radiograft/align: films of many patients brought to one frame by a spatial transformer (G5, G6), boxes with them.
 *
 * ```ts
 * import { restoreBox } from '@radiograft/align'
 *
 * // a box found on the aligned film, in pixels of the film it came from
 * const box = restoreBox([30, 40, 60, 80], [1.1, 0, 0.02, 0, 1.1, 0], 128, 128)
 * ```
 */
// network, loss, training step
export { spatialTransformer, type SpatialTransformerOptions } from './networks/spatialTransformer.ts'
export { alignmentLoss } from './losses/alignmentLoss.ts'
export { perceptualNetwork, perceptualWeights } from './losses/perceptualFeatures.ts'
export { alignerOf, alignerState, alignerStep } from './models/alignerStep.ts'
export type { AlignerBatch, AlignerKnobs, AlignerLogs } from './models/alignerStep.ts'
// around training
export { chooseReference, meanFilm, type FilmPass } from './chooseReference.ts'
export { randomPose, type PoseRange } from './randomPose.ts'
// judging and using
export { agreementOf, type Agreement, type AgreementTrial } from './agreement.ts'
export { restoreBox } from './restoreBox.ts'
export { alignerConfig, type AlignerConfig } from './alignerConfig.ts'
// errors
export { AlignError } from './AlignError.ts'
