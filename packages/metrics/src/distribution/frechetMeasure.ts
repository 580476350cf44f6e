import type { Features } from './features.ts'
import type { FeatureMeasure, OwnedFeatures } from './featureMeasure.ts'
import { checkEnough, frechetDistance, frechetOfMoments } from './frechetDistance.ts'
import { moments, type Moments } from './moments.ts'
import { onProjection, type FeatureProjection } from './principalProjection.ts'
import { projectedFeatures, projectionName, type ProjectionOptions } from './projectedFeatures.ts'

/**
 * FID as a measure: `fid` in all dimensions, or in a fixed projection, which small sets need: `fid-projected64` and the like, or
 * `fid-principal64` of a `principalProjection`. A resample may hold fewer distinct films than dimensions; that is no error, so keep N several
 * times the dimensions.
 */
export const frechetMeasure = (projection?: ProjectionOptions | FeatureProjection): FeatureMeasure => {
  const { name, dims, seen } = reading(projection)
  return {
    protocol: name === '' ? 'fid' : `fid-${name}`,
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

/** The name, the dimensions and the reading of features, of one of three kinds. */
const reading = (
  projection: ProjectionOptions | FeatureProjection | undefined,
): {
  readonly name: string
  readonly dims: (columns: number) => number
  readonly seen: (features: Features) => Features
} => {
  if (!projection) return { name: '', dims: (columns) => columns, seen: (features) => features }
  if ('directions' in projection)
    return {
      name: projection.name,
      dims: () => projection.dims,
      seen: (features) => onProjection(features, projection),
    }
  const { dims = 64, seed = 0 } = projection
  return {
    name: projectionName(dims, seed),
    dims: () => dims,
    seen: (features) => projectedFeatures(features, projection),
  }
}
