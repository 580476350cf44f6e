import type { Features } from './features.ts'

/** The rows of these numbers, in this order, copied; a number may come again. KID's subsets and the floor are made of it. */
export const takeRows = ({ values, columns }: Features, rows: ArrayLike<number>): Features => {
  const taken = new Float64Array(rows.length * columns)
  for (let i = 0; i < rows.length; i++) {
    taken.set(values.subarray(rows[i]! * columns, (rows[i]! + 1) * columns), i * columns)
  }
  return { values: taken, rows: rows.length, columns }
}
