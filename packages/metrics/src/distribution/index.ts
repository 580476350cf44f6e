/**
 * How near generated films are to real ones: pure functions of feature matrices and films, statistics in float64. Every figure says
 * of what extractor, dimensions, filter and number of films it is, and stands between real films and a memoriser at equal N.
 *
 * ```ts
 * import { rng } from '@radiograft/random'
 * import { kernelMeasure, measureFeatures, references } from '@radiograft/metrics/distribution'
 *
 * const extractor = { name: 'noise', sha256: null, resizeFilter: 'none' }
 * const set = (name: string, shift: number) => ({
 *   values: rng(name).normals(60 * 8).map((v) => v + shift), rows: 60, columns: 8,
 *   extractor, units: Array.from({ length: 60 }, (_, i) => `${name} ${i}`),
 * })
 * const heldOut = set('held out', 0)
 * const figure = measureFeatures(kernelMeasure, heldOut, set('fake', 1), rng(7)) // { metric: 'kid-noise-n60', value, low, high, … }
 * const { floor, memoriser } = references(kernelMeasure, { training: set('training', 0), heldOut }, 60, rng(7))
 * ```
 */
// distances of feature matrices
export { frechetDistance, frechetOfMoments } from './frechetDistance.ts'
export { moments, type Moments } from './moments.ts'
export { projectedFeatures, type ProjectedFeatures, type ProjectionOptions } from './projectedFeatures.ts'
export { onProjection, principalProjection, type FeatureProjection } from './principalProjection.ts'
export { kernelDistance, kernelDistanceOnSubsets, type SubsetDistances } from './kernelDistance.ts'
export { kernelSubsets, type KernelSubsets } from './kernelSubsets.ts'
export { precisionRecall, type PrecisionRecall } from './precisionRecall.ts'
export { slicedWasserstein } from './slicedWasserstein.ts'
export { sliceDirections } from './sliceDirections.ts'
// distances of films
export { multiScaleSsim, ssimScales, type MultiScaleSsim, type SsimScales } from './multiScaleSsim.ts'
export { diversity, type Diversity, type DiversityOptions } from './diversity.ts'
export { laplacianPyramid, type PyramidLevel } from './laplacianPyramid.ts'
export { patchDescriptors, type LevelDescriptors, type PatchOptions } from './patchDescriptors.ts'
export { patchWasserstein, type PatchWasserstein, type PatchWassersteinOptions } from './patchWasserstein.ts'
// figures with intervals
export { measureFeatures } from './measureFeatures.ts'
export { measureArms, type ArmContrast, type ArmFigures, type ContrastFigure } from './measureArms.ts'
export { frechetMeasure } from './frechetMeasure.ts'
export { kernelMeasure } from './kernelMeasure.ts'
export { manifoldMeasure } from './manifoldMeasure.ts'
export { measureDiversity } from './measureDiversity.ts'
export { measurePatches } from './measurePatches.ts'
export { compareFigures } from './compareFigures.ts'
export { type DistributionFigure } from './distributionFigure.ts'
export { type FeatureMeasure, type OwnedFeatures } from './featureMeasure.ts'
export { type Owners, type UnitDraw, type UnitOptions } from './resampleUnits.ts'
// what a figure is read beside
export { realFloor, type RealFloor } from './realFloor.ts'
export { memoriser, references, type References } from './references.ts'
// where features come from
export { extractFeatures, type ExtractorIdentity, type FeatureExtractor, type FeatureSet } from './extractor.ts'
export { type Features } from './features.ts'
export { featureSetOf, type FeatureRow } from './featureSetOf.ts'
export { type Films } from './films.ts'
export { type FilmSet } from './filmSet.ts'
// errors
export { IncomparableFiguresError } from './IncomparableFiguresError.ts'
export { TooFewFilmsError } from './TooFewFilmsError.ts'
