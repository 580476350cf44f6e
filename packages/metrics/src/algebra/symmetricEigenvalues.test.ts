import { expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { oracle } from '../distribution/fixtures/oracle.ts'
import { symmetricEigen } from './symmetricEigen.ts'
import { symmetricEigenvalues } from './symmetricEigenvalues.ts'

test('by hand: [[2, 1], [1, 2]] has 1 and 3; zero, one number, diagonal already; the lower triangle is not read', () => {
  const [first, second] = symmetricEigenvalues(Float64Array.of(2, 1, NaN, 2), 2)
  expect([first, second].map((v) => Math.round(v! * 1e12) / 1e12)).toEqual([1, 3])
  expect(Array.from(symmetricEigenvalues(new Float64Array(9), 3))).toEqual([0, 0, 0])
  expect(Array.from(symmetricEigenvalues(Float64Array.of(-4), 1))).toEqual([-4])
  expect(Array.from(symmetricEigenvalues(Float64Array.of(5, 0, 0, 0, -1, 0, 0, 0, 2), 3))).toEqual([-1, 2, 5])
  expect(Array.from(symmetricEigenvalues(new Float64Array(), 0))).toEqual([])
})

test('numpy’s eigvalsh: full, of rank 3 in 8, with equal values', () => {
  for (const { matrix, n, values } of oracle.eigen) {
    const size = Math.max(...values.map(Math.abs))
    const got = symmetricEigenvalues(Float64Array.from(matrix), n)
    values.forEach((value, i) => expect(Math.abs(got[i]! - value)).toBeLessThan(1e-13 * size))
  }
})

// odd and even numbers of columns, and of columns left at each reflection
test.each([
  [3, 1],
  [4, 1],
  [5, 1],
  [40, 1e-170],
  [41, 1e170],
  [97, 1],
])('%i dimensions, entries of size %p: as with eigenvectors', (n, size) => {
  const half = rng('eigen').normals(n * n)
  const matrix = Float64Array.from(half, (_, i) => size * (half[i]! + half[(i % n) * n + Math.floor(i / n)]!))
  const got = symmetricEigenvalues(matrix, n)
  const { values } = symmetricEigen(matrix, n)
  values.forEach((value, i) => expect(Math.abs(got[i]! - value) / size).toBeLessThan(2e-13 * Math.sqrt(n)))
})

test.each([
  [128, 20],
  [131, 40],
  [200, 60],
])('%i dimensions of rank %i: they converge, the null ones are rounding, and their sum is the trace', (n, rank) => {
  for (let seed = 0; seed < 5; seed++) {
    const x = rng('low rank')
      .fork(seed)
      .normals(rank * n)
    const matrix = new Float64Array(n * n)
    for (let r = 0; r < rank; r++)
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) matrix[i * n + j]! += x[r * n + i]! * x[r * n + j]!
    const trace = Array.from({ length: n }, (_, i) => matrix[i * n + i]!).reduce((sum, v) => sum + v, 0)
    for (const values of [symmetricEigenvalues(matrix, n), symmetricEigen(matrix, n).values]) {
      const sorted = [...values].toSorted((a, b) => a - b)
      expect(Math.max(...sorted.slice(0, n - rank).map(Math.abs)) / sorted.at(-1)!).toBeLessThan(1e-13)
      expect(sorted[n - rank]! / sorted.at(-1)!).toBeGreaterThan(1e-3)
      expect(Math.abs(sorted.reduce((sum, v) => sum + v, 0) / trace - 1)).toBeLessThan(1e-12)
    }
  }
})

test('a row that is reduced already, between rows that are not', () => {
  // blocks [[2, 1], [1, 2]] and [[0, 3, 4], [3, 0, 0], [4, 0, 0]]: 1, 3 and −5, 0, 5
  const matrix = Float64Array.of(2, 1, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 3, 4, 0, 0, 3, 0, 0, 0, 0, 4, 0, 0)
  const got = symmetricEigenvalues(matrix, 5)
  ;[-5, 0, 1, 3, 5].forEach((value, i) => expect(got[i]).toBeCloseTo(value, 13))
})

test('refusals', () => {
  expect(() => symmetricEigenvalues(Float64Array.of(1, Infinity, Infinity, 1), 2)).toThrow(/not finite/)
  expect(() => symmetricEigenvalues(Float64Array.of(NaN), 1)).toThrow(/not finite/)
})
