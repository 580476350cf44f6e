/**
 * Features in a fixed random projection of 64 dimensions or fewer, so that the Fréchet distance of a few hundred films is not made
 * of its bias (pitfalls of small N). The projection depends on its numbers alone, and its name goes into the metric's name.
 */
import { rng } from '@radiograft/random'
import { MetricError } from '../MetricError.ts'
import { checkFeatures, type Features } from './features.ts'

export interface ProjectionOptions {
  /** dimensions kept, at most 64 and at most the features' own @default 64 */
  readonly dims?: number
  /** another projection for another seed @default 0 */
  readonly seed?: number
}

export interface ProjectedFeatures extends Features {
  /** `projected64`, with `-seed3` where the seed is not 0 */
  readonly projection: string
}

/**
 * X·Pᵀ, P [dims, columns] with orthonormal rows: Gram and Schmidt twice over of normal numbers, so uniform among such projections.
 * Distances can only shrink; they are not scaled up again.
 * @throws MetricError when dims is not a whole number from 1 to min(64, columns)
 */
export const projectedFeatures = (features: Features, options: ProjectionOptions = {}): ProjectedFeatures => {
  checkFeatures('features', features)
  const { rows, columns, values } = features
  const { dims = 64, seed = 0 } = options
  if (!(Number.isInteger(dims) && dims > 0 && dims <= Math.min(64, columns)))
    throw new MetricError('dims', `must be a whole number from 1 to ${Math.min(64, columns)}, got ${dims}`)
  const p = projectionMatrix(columns, dims, seed)
  const projected = new Float64Array(rows * dims)
  for (let row = 0; row < rows; row++)
    for (let k = 0; k < dims; k++) {
      let sum = 0
      for (let j = 0; j < columns; j++) sum += values[row * columns + j]! * p[k * columns + j]!
      projected[row * dims + k] = sum
    }
  return { values: projected, rows, columns: dims, projection: projectionName(dims, seed) }
}

export const projectionName = (dims: number, seed: number): string =>
  `projected${dims}${seed === 0 ? '' : `-seed${seed}`}`

/** [dims, columns]. Row k is the same for every `dims`. */
const projectionMatrix = (columns: number, dims: number, seed: number): Float64Array => {
  const stream = rng('radiograft feature projection').fork(seed).fork(columns)
  const p = new Float64Array(dims * columns)
  for (let k = 0; k < dims; k++) {
    const row = p.subarray(k * columns, (k + 1) * columns)
    row.set(stream.fork(k).normals(columns))
    for (let pass = 0; pass < 2; pass++) {
      for (let i = 0; i < k; i++) {
        const other = p.subarray(i * columns, (i + 1) * columns)
        const along = row.reduce((sum, v, j) => sum + v * other[j]!, 0)
        for (let j = 0; j < columns; j++) row[j]! -= along * other[j]!
      }
      const norm = Math.sqrt(row.reduce((sum, v) => sum + v * v, 0))
      for (let j = 0; j < columns; j++) row[j]! /= norm
    }
  }
  return p
}
