import { expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { pivotedCholesky } from './pivotedCholesky.ts'

test('by hand: the larger diagonal comes first', () => {
  // [[4, 2], [2, 5]] in the order 1, 0 is [[5, 2], [2, 4]]: rows (√5, 2/√5) and (0, √(4 − 4/5))
  const { factor, rank, order } = pivotedCholesky(Float64Array.of(4, 2, 2, 5), 2)
  expect([rank, Array.from(order)]).toEqual([2, [1, 0]])
  ;[Math.sqrt(5), 2 / Math.sqrt(5), 0, Math.sqrt(3.2)].forEach((value, i) => expect(factor[i]).toBeCloseTo(value, 14))
})

test('by hand: [[1, 2], [2, 4]] has rank 1, zero has none; only the upper triangle is read', () => {
  const one = pivotedCholesky(Float64Array.of(1, 2, NaN, 4), 2)
  expect([one.rank, Array.from(one.order), Array.from(one.factor)]).toEqual([1, [1, 0], [2, 1]])
  expect(pivotedCholesky(new Float64Array(9), 3)).toMatchObject({ rank: 0, factor: new Float64Array() })
})

// blocks have 64 rows
test.each([
  [150, 150],
  [150, 70],
  [64, 64],
  [200, 3],
])('%i dimensions, rank %i: RᵀR is the matrix in its new order, within rounding', (n, rank) => {
  const rows = rng('cholesky').normals(rank * n)
  const matrix = new Float64Array(n * n)
  for (let k = 0; k < rank; k++)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        matrix[i * n + j]! += rows[k * n + i]! * rows[k * n + j]! * (1 + (i % 7)) * (1 + (j % 7))
  const before = matrix.slice()
  const got = pivotedCholesky(matrix, n)
  expect(matrix).toEqual(before)
  expect(got.rank).toBe(rank)
  expect(got.factor.length).toBe(rank * n)
  expect(new Set(got.order).size).toBe(n)
  const largest = matrix.reduce((most, v) => Math.max(most, v), 0)
  let [worst, below] = [0, 0]
  for (let i = 0; i < n; i++)
    for (let j = i; j < n; j++) {
      let sum = 0
      for (let k = 0; k < rank; k++) sum += got.factor[k * n + i]! * got.factor[k * n + j]!
      worst = Math.max(worst, Math.abs(sum - matrix[got.order[i]! * n + got.order[j]!]!))
    }
  for (let i = 0; i < rank; i++) for (let j = 0; j < i; j++) below = Math.max(below, Math.abs(got.factor[i * n + j]!))
  expect(worst / largest).toBeLessThan(1e-14)
  expect(below).toBe(0)
  // the diagonal falls
  for (let i = 1; i < rank; i++)
    expect(got.factor[i * n + i]!).toBeLessThanOrEqual(got.factor[(i - 1) * n + i - 1]! * (1 + 1e-12))
})
