/**
 * Features on the few directions in which a study's training films vary most, so that the Fréchet distance of a few hundred films is
 * not made of its bias. `projectedFeatures` is the same with directions that no film had a say in: those are the same for every study,
 * these keep more of what films differ in. Fitted on training films alone: no held-out and no generated film moves the ruler.
 */
import { MetricError } from '../MetricError.ts'
import { checkFeatures, type Features } from './features.ts'
import { moments } from './moments.ts'
import { symmetricEigen } from '../algebra/symmetricEigen.ts'
import { takeRows } from './takeRows.ts'

export interface FeatureProjection {
  /** part of a measure's name: `principal64` */
  readonly name: string
  readonly dims: number
  /** columns of the features that it takes */
  readonly columns: number
  /** [dims, columns] with orthonormal rows */
  readonly directions: Float64Array
}

/** Training films looked at: more change the directions little, and the fit takes the cube of their number. */
const MOST = 1000

/**
 * The eigenvectors of the covariance of training films with the largest eigenvalues, falling; of each the coordinate that is largest
 * in size is positive. With fewer films than columns they come from the films' inner products, whose eigenvalues are the same.
 * @param training the generator's training films; the first 1000
 * @param dims directions kept, at most 64
 * @throws MetricError when dims is not a whole number from 1 to min(64, columns, films − 1), or training films do not vary in so many
 * directions
 */
export const principalProjection = (training: Features, dims = 64): FeatureProjection => {
  checkFeatures('training', training)
  const { columns } = training
  const rows = Math.min(MOST, training.rows)
  const most = Math.min(64, columns, rows - 1)
  if (!(Number.isInteger(dims) && dims > 0 && dims <= most))
    throw new MetricError('dims', `must be a whole number from 1 to ${most}, got ${dims}`)
  const films = takeRows(
    training,
    Int32Array.from({ length: rows }, (_, i) => i),
  )
  const directions = rows > columns ? ofCovariance(films, dims) : ofInnerProducts(films, dims)
  for (let k = 0; k < dims; k++) normalise(directions.subarray(k * columns, (k + 1) * columns))
  return { name: `principal${dims}`, dims, columns, directions }
}

/** X·Pᵀ. @throws MetricError when the features have other columns than those that the projection was fitted on */
export const onProjection = (features: Features, { dims, columns, directions }: FeatureProjection): Features => {
  checkFeatures('features', features)
  if (features.columns !== columns)
    throw new MetricError('features', `have ${features.columns} columns, the projection takes ${columns}`)
  const values = new Float64Array(features.rows * dims)
  for (let row = 0; row < features.rows; row++)
    for (let k = 0; k < dims; k++) {
      let sum = 0
      for (let j = 0; j < columns; j++) sum += features.values[row * columns + j]! * directions[k * columns + j]!
      values[row * dims + k] = sum
    }
  return { values, rows: features.rows, columns: dims }
}

const ofCovariance = (films: Features, dims: number): Float64Array => {
  const d = films.columns
  const { values, vectors } = symmetricEigen(moments(films).covariance, d)
  checkVaries(values, dims)
  const kept = new Float64Array(dims * d)
  for (let k = 0; k < dims; k++) kept.set(vectors.subarray((d - 1 - k) * d, (d - k) * d), k * d)
  return kept
}

/** C = XᵀX/(N − 1) and G = XXᵀ share their eigenvalues but for N − 1; the eigenvector of C is Xᵀu. */
const ofInnerProducts = ({ values: x, rows, columns }: Features, dims: number): Float64Array => {
  const centred = Float64Array.from(x)
  for (let j = 0; j < columns; j++) {
    let mean = 0
    for (let i = 0; i < rows; i++) mean += x[i * columns + j]! / rows
    for (let i = 0; i < rows; i++) centred[i * columns + j]! -= mean
  }
  const products = new Float64Array(rows * rows)
  for (let a = 0; a < rows; a++)
    for (let b = a; b < rows; b++) {
      let sum = 0
      for (let j = 0; j < columns; j++) sum += centred[a * columns + j]! * centred[b * columns + j]!
      products[a * rows + b] = sum
    }
  const { values, vectors } = symmetricEigen(products, rows)
  checkVaries(values, dims)
  const kept = new Float64Array(dims * columns)
  for (let k = 0; k < dims; k++)
    for (let i = 0; i < rows; i++) {
      const u = vectors[(rows - 1 - k) * rows + i]!
      for (let j = 0; j < columns; j++) kept[k * columns + j]! += u * centred[i * columns + j]!
    }
  return kept
}

/** @param values ascending */
const checkVaries = (values: Float64Array, dims: number): void => {
  const [largest, least] = [values.at(-1)!, values.at(-dims)!]
  if (!(least > 1e-12 * largest))
    throw new MetricError(
      'training',
      `films vary in fewer than ${dims} directions: project on fewer, or read kernelDistance`,
    )
}

/** Norm 1, and a sign that does not depend on the solver. */
const normalise = (row: Float64Array): void => {
  const norm = Math.sqrt(row.reduce((sum, v) => sum + v * v, 0))
  const peak = row.reduce((most, v) => (Math.abs(v) > Math.abs(most) ? v : most), 0)
  for (let j = 0; j < row.length; j++) row[j]! /= peak < 0 ? -norm : norm
}
