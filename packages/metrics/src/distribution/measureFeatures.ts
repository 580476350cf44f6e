/** One figure of two feature sets: the measure's value, its interval over units, and all that it depends on. */
import type { Rng } from '@radiograft/random'
import { figureName, type DistributionFigure } from './distributionFigure.ts'
import { checkFeatureSet, type FeatureSet } from './extractor.ts'
import type { FeatureMeasure, OwnedFeatures } from './featureMeasure.ts'
import { IncomparableFiguresError } from './IncomparableFiguresError.ts'
import { ownersOf, resampleUnits, type UnitOptions } from './resampleUnits.ts'

/**
 * @param real films of real patients, held-out ones unless copying is to be rewarded
 * @param rng resamples; the value does not depend on it
 * @throws IncomparableFiguresError when the sets come from two extractors
 * @throws MetricError, TooFewFilmsError as the measure does
 */
export const measureFeatures = (
  measure: FeatureMeasure,
  real: FeatureSet,
  fake: FeatureSet,
  rng: Rng,
  options: UnitOptions = {},
): DistributionFigure => {
  checkSameExtractor(real, fake)
  const value = measure.value(real, fake)
  const [ours, theirs] = [owned(real), owned(fake)]
  const resampled = measure.resampler(ours, theirs)
  const { low, high, se, confidence } = resampleUnits(
    {
      value,
      sets: [ours.owners, theirs.owners],
      replicates: (draws) => Float64Array.from(draws, resampled),
      range: measure.range,
    },
    rng,
    options,
  )
  return featureFigure(measure, { real: ours, fake: theirs }, { value, low, high, se, confidence })
}

/** The figure of a measure's value and interval. */
export const featureFigure = (
  measure: FeatureMeasure,
  { real, fake }: { readonly real: FeatureSet & OwnedFeatures; readonly fake: FeatureSet & OwnedFeatures },
  found: Pick<DistributionFigure, 'value' | 'low' | 'high' | 'se' | 'confidence'>,
): DistributionFigure => {
  const n = { real: real.rows, fake: fake.rows }
  return {
    metric: figureName(measure.protocol, real.extractor, n),
    protocol: measure.protocol,
    biasedByN: measure.biasedByN,
    ...found,
    n,
    units: { real: real.owners.count, fake: fake.owners.count },
    dims: measure.dims(real.columns),
    extractor: real.extractor,
  }
}

/** @throws IncomparableFiguresError when identities or widths differ; MetricError when a set is not valid */
export const checkSameExtractor = (real: FeatureSet, fake: FeatureSet): void => {
  checkFeatureSet('real', real)
  checkFeatureSet('fake', fake)
  for (const field of ['name', 'sha256', 'resizeFilter'] as const) {
    if (real.extractor[field] !== fake.extractor[field])
      throw new IncomparableFiguresError(`extractor ${field}`, `${real.extractor[field]}`, `${fake.extractor[field]}`)
  }
  if (real.columns !== fake.columns) throw new IncomparableFiguresError('dims', `${real.columns}`, `${fake.columns}`)
}

export const owned = (set: FeatureSet): FeatureSet & OwnedFeatures => ({ ...set, owners: ownersOf(set.units) })
