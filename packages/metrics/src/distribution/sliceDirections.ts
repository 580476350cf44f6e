import type { Rng } from '@radiograft/random'
import type { Features } from './features.ts'

/**
 * Directions on the unit sphere, uniform: [count, dims], each row of norm 1. `slicedWasserstein` projects on them.
 * @param count @default 512, four times 128 as in the PGGAN paper's code
 */
export const sliceDirections = (dims: number, rng: Rng, count = 512): Features => {
  const values = new Float64Array(count * dims)
  for (let k = 0; k < count; k++) {
    const row = values.subarray(k * dims, (k + 1) * dims)
    row.set(rng.fork('direction').fork(k).normals(dims))
    const norm = Math.sqrt(row.reduce((sum, v) => sum + v * v, 0))
    for (let j = 0; j < dims; j++) row[j]! /= norm
  }
  return { values, rows: count, columns: dims }
}
