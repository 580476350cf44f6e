/** The nearest other rows of every row of one matrix, found in blocks: memory is rows x count. `insideBalls` is made of it. */
import type { Rows } from './Rows.ts'
import { ownRowPairs } from './rowPairs.ts'

export interface NearestRows {
  /** neighbours a row, at most rows − 1 */
  readonly count: number
  /** [rows, count], squared distances, ascending along a row */
  readonly squared: Float64Array
  /** [rows, count], which row it is */
  readonly index: Int32Array
}

/**
 * A row is not its own neighbour; another row with the same numbers is, at distance 0.
 * @param most neighbours that are wanted
 */
export const nearestRows = (points: Rows, most: number): NearestRows => {
  const { rows } = points
  const count = Math.min(most, rows - 1)
  const squared = new Float64Array(rows * count).fill(Infinity)
  const index = new Int32Array(rows * count).fill(-1)
  const insert = (row: number, other: number, value: number): void => {
    const from = row * count
    let at = from + count - 1
    if (!(value < squared[at]!)) return
    for (; at > from && squared[at - 1]! > value; at--) {
      squared[at] = squared[at - 1]!
      index[at] = index[at - 1]!
    }
    squared[at] = value
    index[at] = other
  }
  ownRowPairs(points, 'squared-distance', (i, j, value) => {
    insert(i, j, value)
    insert(j, i, value)
  })
  return { count, squared, index }
}
