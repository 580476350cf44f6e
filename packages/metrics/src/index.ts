/**
 * Detection, image and statistical metrics with intervals: pure functions of plain arrays.
 *
 * ```ts
 * import { rng } from '@radiograft/random'
 * import { patientBootstrap, rsnaAp } from '@radiograft/metrics'
 *
 * const films = [
 *   { preds: [{ box: [0, 0, 10, 10], score: 0.9 }], truth: [[0, 0, 10, 8]] },
 *   { preds: [], truth: [[5, 5, 20, 20]] },
 *   { preds: [], truth: [] }, // not counted
 * ] as const
 * const ap = rsnaAp(films) // { name: 'ap-rsna-0.40:0.75', value: 0.5, perFilm: [1, 0, null], … }
 * patientBootstrap({ patients: ['p1', 'p2', 'p3'], values: ap.perFilm }, rng(7)) // { value: 0.5, low, high, … }
 * ```
 */
// detection: the RSNA metric, per film, over films, and its score threshold
export { iouThresholds } from './iouThresholds.ts'
export {
  rsnaProtocol,
  rsnaTable1,
  rsnaTable2,
  type RsnaOptions,
  type RsnaOrder,
  type RsnaProtocol,
} from './rsnaProtocol.ts'
export { rsnaFilmScore, type RsnaFilmScore } from './rsnaFilmScore.ts'
export { matchFilm, type MatchRule, type MatchTable, type ScoredBox } from './matchFilm.ts'
export { meanOfCounted, rsnaAp, rsnaApAt, type RsnaAp, type RsnaFilm } from './rsnaAp.ts'
export { defaultGrid, tunedAp, tuneThreshold, type TunedThreshold } from './tuneThreshold.ts'
// detection: COCO's metric, one curve over all films
export { cocoAt50, cocoMain, cocoProtocol, type CocoArea, type CocoOptions, type CocoProtocol } from './cocoProtocol.ts'
export { cocoAp, type CocoAp, type CocoFilm } from './cocoAp.ts'
// what the stages score by, and rows as films
export { detectionProtocols } from './detectionProtocols.ts'
export { filmsWithBoxes } from './filmsWithBoxes.ts'
// statistics: intervals over patients and seeds, and what they say of a claim
export {
  pairedPatientBootstrap,
  pairedSeedBootstrap,
  patientBootstrap,
  ratioPatientBootstrap,
  seedBootstrap,
  type FilmValues,
  type RatioOptions,
} from './patientBootstrap.ts'
export { type BootstrapOptions, type Interval } from './resamplePatients.ts'
export { cocoBootstrap, pairedCocoBootstrap, type CocoBootstrapOptions, type PatientFilms } from './cocoBootstrap.ts'
export { aucBootstrap, type AucFilms } from './aucBootstrap.ts'
export { clopperPearson, type ShareInterval } from './clopperPearson.ts'
export { holm } from './holm.ts'
export { compareScores, type ArmScores } from './compareScores.ts'
export { compareCoco, type CocoArm } from './compareCoco.ts'
export { type Comparison, type ComparisonOptions } from './comparisonRows.ts'
export { filmsToTell, verdict, type Contrast, type Verdict } from './verdict.ts'
// shares of classes by a classifier, corrected for its errors (P4, P11)
export { confusionCounts } from './labels/confusionCounts.ts'
export { classCounts } from './labels/classCounts.ts'
export { correctedShares, type CorrectedShares } from './labels/correctedShares.ts'
export { type ClassifiedFilms, type ValidationFilms } from './labels/drawnFilms.ts'
export { sharesBootstrap, type ShareIntervals } from './labels/sharesBootstrap.ts'
export { shareDistanceBootstrap, type ShareDistance } from './labels/shareDistanceBootstrap.ts'
export { totalVariation } from './labels/totalVariation.ts'
export { equalNumbersDistance } from './labels/equalNumbersDistance.ts'
export { realSplitSpread, type SplitOptions, type SplitSpread } from './labels/realSplitSpread.ts'
export { classesFound, type FoundClass, type FoundClasses } from './labels/classesFound.ts'
export { type GroupInterval } from './replicateIntervals.ts'
// memorisation: is a generated film a training film (P10)
export type { FeatureRows } from './memorisation/FeatureRows.ts'
export { nearestFilms, type NearestFilms, type NearestSearch } from './memorisation/nearestFilms.ts'
export { nearestOwners, type NearestOwners, type OwnedRows, type OwnerSearch } from './memorisation/nearestOwners.ts'
export { trainingLean, type LeanFilms, type LeanOptions, type TrainingLean } from './memorisation/trainingLean.ts'
export type { Distances } from './memorisation/Distances.ts'
export { copyExcess, type CopyExcess, type CopyPatients } from './memorisation/copyExcess.ts'
export { nearCopies, type NearCopies } from './memorisation/nearCopies.ts'
export {
  memorisationReport,
  type MemorisationOptions,
  type MemorisationReport,
  type SampleNeighbours,
} from './memorisation/memorisationReport.ts'
export { nearerInterval, type NearnessFilms } from './memorisation/nearerInterval.ts'
export { blockedOnExport, type BlockedSample } from './memorisation/blockedOnExport.ts'
// spectra: the pattern that upsampling leaves
export { powerSpectrum, type PowerSpectrum } from './spectrum/powerSpectrum.ts'
export { radialSpectrum } from './spectrum/radialSpectrum.ts'
export { checkerboardEnergy, type CheckerboardEnergy } from './spectrum/checkerboardEnergy.ts'
export { transposedOverlap, type TransposedOverlap } from './spectrum/transposedOverlap.ts'
// alarms while a GAN trains: rules on logged numbers
export { type Alarm } from './alarms/Alarm.ts'
export { criticSaturation, type CriticLog, type SaturationOptions } from './alarms/criticSaturation.ts'
export { collapsed, type CollapseOptions, type VarietyLog } from './alarms/collapsed.ts'
export { checkerboarded, type CheckerboardLog, type CheckerboardOptions } from './alarms/checkerboarded.ts'
// images and scores
export { aucScore } from './aucScore.ts'
export { meanAbsoluteError } from './meanAbsoluteError.ts'
export { meanInterval, type MeanInterval } from './meanInterval.ts'
export { psnr } from './psnr.ts'
export { pseudoNormalScores, type PseudoNormalInput } from './pseudoNormalScores.ts'
export { residualEnergyRatio, type ResidualEnergy } from './residualEnergyRatio.ts'
// errors
export { MetricError } from './MetricError.ts'
