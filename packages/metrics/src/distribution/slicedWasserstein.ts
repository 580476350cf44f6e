/** Sliced Wasserstein distance of two sets of rows: their first Wasserstein distance along one direction, averaged over directions (Rabin 2011; Karras 2018; P8). */
import { MetricError } from '../MetricError.ts'
import { checkPair, type Features } from './features.ts'

/**
 * Mean over directions and ranks of |sort(X·v) − sort(Y·v)|, 0 for equal sets.
 * @param directions [count, columns], rows of norm 1, of `sliceDirections`: the same for every generator
 * @throws MetricError when sets differ in rows (draw equal N: the distance is biased by it), columns differ or a number is not finite
 */
export const slicedWasserstein = (real: Features, fake: Features, directions: Features): number => {
  checkPair(real, fake)
  if (real.rows !== fake.rows)
    throw new MetricError(
      'real, fake',
      `${real.rows} and ${fake.rows} rows: draw as many of both, the distance is biased by N`,
    )
  if (directions.columns !== real.columns)
    throw new MetricError('directions', `have ${directions.columns} columns, the sets ${real.columns}`)
  let distance = 0
  for (let k = 0; k < directions.rows; k++) {
    const [a, b] = [projectedOn(directions, k, real).toSorted(), projectedOn(directions, k, fake).toSorted()]
    let sum = 0
    for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!)
    distance += sum / a.length
  }
  return distance / directions.rows
}

/** X·v of direction k, [rows]. */
export const projectedOn = (directions: Features, k: number, { values, rows, columns }: Features): Float64Array => {
  const out = new Float64Array(rows)
  const v = directions.values.subarray(k * columns, (k + 1) * columns)
  for (let row = 0; row < rows; row++) {
    let sum = 0
    for (let j = 0; j < columns; j++) sum += values[row * columns + j]! * v[j]!
    out[row] = sum
  }
  return out
}
