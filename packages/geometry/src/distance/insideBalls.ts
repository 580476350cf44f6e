/**
 * Which points lie in the region that a set of points covers: the balls around them that reach to their k-th nearest other point.
 * Precision and recall of generated films (Kynkäänniemi 2019) are shares of it.
 */
import { GeometryError } from '../GeometryError.ts'
import { nearestRows } from './nearestRows.ts'
import { rowPairs } from './rowPairs.ts'
import type { Rows } from './Rows.ts'

/**
 * 1 for each judged point with ‖x − m_i‖ ≤ NN_k(m_i) for some i, else 0: at the radius counts as inside.
 * @param centres m, k + 1 rows or more
 * @throws GeometryError when columns differ, or k is no whole number from 1 to the number of centres less 1
 */
export const insideBalls = (judged: Rows, centres: Rows, k: number): Uint8Array => {
  if (judged.columns !== centres.columns)
    throw new GeometryError('insideBalls', `points of ${judged.columns} and ${centres.columns} columns`)
  if (!(Number.isInteger(k) && k > 0 && k < centres.rows))
    throw new GeometryError('insideBalls', `k must be a whole number from 1 to ${centres.rows - 1}, got ${k}`)
  const { squared } = nearestRows(centres, k)
  const inside = new Uint8Array(judged.rows)
  rowPairs(judged, centres, 'squared-distance', (j, i, value) => {
    if (value <= squared[i * k + k - 1]!) inside[j] = 1
  })
  return inside
}
