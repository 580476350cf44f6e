import type { Features } from './features.ts'
import type { FeatureMeasure, OwnedFeatures } from './featureMeasure.ts'
import { checkEnough, frechetDistance, frechetOfMoments } from './frechetDistance.ts'
import { moments, type Moments } from './moments.ts'
import { projectedFeatures, projectionName, type ProjectionOptions } from './projectedFeatures.ts'

/**
 * FID as a measure: `fid` in all dimensions, or `fid-projected64` and the like in a fixed projection, which small sets need.
 * A resample may hold fewer distinct films than dimensions; that is no error, so keep N several times the dimensions.
 */
export const frechetMeasure = (projection?: ProjectionOptions): FeatureMeasure => {
  const dims = (columns: number): number => (projection ? (projection.dims ?? 64) : columns)
  const seen = (features: Features): Features => (projection ? projectedFeatures(features, projection) : features)
  return {
    protocol: projection ? `fid-${projectionName(projection.dims ?? 64, projection.seed ?? 0)}` : 'fid',
    biasedByN: true,
    range: [0, Infinity],
    dims,
    value: (real, fake) => frechetDistance(seen(real), seen(fake)),
    resampler: (real, fake) => {
      const [a, b] = [seen(real), seen(fake)]
      checkEnough(a, b)
      const drawn = (rows: Features, { owners: { owner } }: OwnedFeatures, counts: ArrayLike<number>): Moments =>
        moments(
          rows,
          Float64Array.from(owner, (unit) => counts[unit]!),
        )
      return ([ofReal, ofFake]) => frechetOfMoments(drawn(a, real, ofReal!), drawn(b, fake, ofFake!))
    },
  }
}
