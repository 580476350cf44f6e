/**
 * Visits pairs of rows of two matrices with their inner product or squared distance, in blocks of rows that stay in the
 * cache: memory does not grow with the number of pairs. Kernel sums and nearest neighbours are made of it.
 */
import type { Rows } from './Rows.ts'

export type PairQuantity = 'inner-product' | 'squared-distance'

/** Squared distances are sums of (a − b)², so that of equal rows is exactly 0. Each sum runs in order of the columns. */
export const rowPairs = (
  a: Rows,
  b: Rows,
  quantity: PairQuantity,
  visit: (i: number, j: number, value: number) => void,
): void => blocks(a, b, quantity, () => 0, visit)

/** The same for one matrix with itself, each pair i < j once. */
export const ownRowPairs = (
  a: Rows,
  quantity: PairQuantity,
  visit: (i: number, j: number, value: number) => void,
): void => blocks(a, a, quantity, (i) => i + 1, visit)

const blocks = (
  a: Rows,
  b: Rows,
  quantity: PairQuantity,
  first: (i: number) => number,
  visit: (i: number, j: number, value: number) => void,
): void => {
  const d = a.columns
  const four = quantity === 'inner-product' ? fourProducts : fourDistances
  const block = Math.max(4, Math.floor(2 ** 15 / d)) // 256 kB of rows
  const found = new Float64Array(4)
  for (let from = 0; from < b.rows; from += block) {
    const to = Math.min(b.rows, from + block)
    for (let i = 0; i < a.rows; i++) {
      for (let j = Math.max(from, first(i)); j < to; j += 4) {
        const width = Math.min(4, to - j)
        // rows past the end are the last one again: one loop for all, the sums do not depend on the width
        four(
          a.values,
          i * d,
          b.values,
          j * d,
          Math.min(1, width - 1) * d,
          Math.min(2, width - 1) * d,
          (width - 1) * d,
          d,
          found,
        )
        for (let k = 0; k < width; k++) visit(i, j + k, found[k]!)
      }
    }
  }
}

type Four = (
  a: Rows['values'],
  i: number,
  b: Rows['values'],
  j: number,
  second: number,
  third: number,
  fourth: number,
  d: number,
  out: Float64Array,
) => void

const fourProducts: Four = (a, i, b, j, second, third, fourth, d, out) => {
  let [s0, s1, s2, s3] = [0, 0, 0, 0]
  for (let c = 0; c < d; c++) {
    const x = a[i + c]!
    s0 += x * b[j + c]!
    s1 += x * b[j + second + c]!
    s2 += x * b[j + third + c]!
    s3 += x * b[j + fourth + c]!
  }
  out[0] = s0
  out[1] = s1
  out[2] = s2
  out[3] = s3
}

const fourDistances: Four = (a, i, b, j, second, third, fourth, d, out) => {
  let [s0, s1, s2, s3] = [0, 0, 0, 0]
  for (let c = 0; c < d; c++) {
    const x = a[i + c]!
    const d0 = x - b[j + c]!
    const d1 = x - b[j + second + c]!
    const d2 = x - b[j + third + c]!
    const d3 = x - b[j + fourth + c]!
    s0 += d0 * d0
    s1 += d1 * d1
    s2 += d2 * d2
    s3 += d3 * d3
  }
  out[0] = s0
  out[1] = s1
  out[2] = s2
  out[3] = s3
}
