// Features of a film that nothing has learned: mean and standard deviation of its 16 × 16 blocks, in a space of their own
// principal components. Used by answer 7, whose distances are therefore read beside each other only.
import type { Features } from '@radiograft/metrics/distribution'
import type { Film } from './linearReader.ts'
import { mean, meanFilm } from './mean.ts'
import { coordinates, principalComponents } from './principalComponents.ts'

const GRID = 16

/**
 * @param film [size²], size a multiple of 16
 * @returns [512] in the film's units: the blocks' means row by row, then their standard deviations
 */
export const blockFeatures = (film: ArrayLike<number>, size: number): Film => {
  const side = size / GRID
  const features = new Float64Array(2 * GRID * GRID)
  for (let block = 0; block < GRID * GRID; block++) {
    const from = Math.floor(block / GRID) * side * size + (block % GRID) * side
    let [sum, squares] = [0, 0]
    for (let row = 0; row < side; row++)
      for (let column = 0; column < side; column++) {
        const v = film[from + row * size + column]!
        sum += v
        squares += v * v
      }
    const middle = sum / side ** 2
    features[block] = middle
    features[GRID * GRID + block] = Math.sqrt(Math.max(0, squares / side ** 2 - middle ** 2))
  }
  return features
}

export interface BlockSpace {
  /** [films, 512] */
  readonly whole: (films: readonly ArrayLike<number>[]) => Features
  /** [films, dims] along the first components of the reals */
  readonly projected: (films: readonly ArrayLike<number>[]) => Features
}

/**
 * The space that real films span. Means are in units of the spread of means about their average over films, all blocks together, and
 * deviations in theirs: so a block at the
 * film's edge that hardly varies counts for little.
 * @param real films of one size
 * @param dims fewer than films
 */
export const blockSpace = (real: readonly ArrayLike<number>[], size: number, dims: number): BlockSpace => {
  const rows = real.map((film) => blockFeatures(film, size))
  const middle = meanFilm(rows)
  const half = middle.length / 2
  const spread = (from: number): number =>
    Math.sqrt(
      mean(rows.map((row) => mean(row.subarray(from, from + half).map((v, k) => (v - middle[from + k]!) ** 2)))),
    )
  const units = [spread(0), spread(half)] as const
  const features = (film: ArrayLike<number>): Film =>
    blockFeatures(film, size).map((v, k) => (v - middle[k]!) / units[k < half ? 0 : 1])
  const components = principalComponents(real.map(features))
  return {
    whole: (films) => asRows(films.map(features)),
    projected: (films) => asRows(films.map((film) => coordinates(components, features(film), dims))),
  }
}

const asRows = (rows: readonly Float64Array[]): Features => {
  const columns = rows[0]!.length
  const values = new Float64Array(rows.length * columns)
  rows.forEach((row, i) => values.set(row, i * columns))
  return { values, rows: rows.length, columns }
}
