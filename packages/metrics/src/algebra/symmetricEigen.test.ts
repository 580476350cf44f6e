import { expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { oracle } from '../distribution/fixtures/oracle.ts'
import { symmetricEigen } from './symmetricEigen.ts'

test('by hand: [[2, 1], [1, 2]] has 1 along (1, −1) and 3 along (1, 1)', () => {
  const { values, vectors } = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2)
  expect(values[0]).toBeCloseTo(1, 14)
  expect(values[1]).toBeCloseTo(3, 14)
  expect(vectors[0]! / vectors[1]!).toBeCloseTo(-1, 14)
  expect(vectors[2]! / vectors[3]!).toBeCloseTo(1, 14)
})

test('zero, one number, and a matrix that is diagonal already', () => {
  expect(Array.from(symmetricEigen(new Float64Array(9), 3).values)).toEqual([0, 0, 0])
  expect(Array.from(symmetricEigen(Float64Array.of(-4), 1).values)).toEqual([-4])
  expect(Array.from(symmetricEigen(Float64Array.of(5, 0, 0, 0, -1, 0, 0, 0, 2), 3).values)).toEqual([-1, 2, 5])
})

test('numpy’s eigvalsh: full, of rank 3 in 8, with equal values', () => {
  for (const { matrix, n, values } of oracle.eigen) {
    const size = Math.max(...values.map(Math.abs))
    const got = symmetricEigen(Float64Array.from(matrix), n).values
    values.forEach((value, i) => expect(Math.abs(got[i]! - value)).toBeLessThan(1e-13 * size))
  }
})

test.each([1, 1e-170, 1e170])('A v = λ v and V Vᵀ = 1 in 40 dimensions, entries of size %p', (size) => {
  const n = 40
  const half = rng('eigen').normals(n * n)
  const a = Float64Array.from(half, (_, i) => size * (half[i]! + half[(i % n) * n + Math.floor(i / n)]!))
  const { values, vectors } = symmetricEigen(a, n)
  const row = (i: number): Float64Array => vectors.subarray(i * n, (i + 1) * n)
  const dot = (x: Float64Array, y: Float64Array): number => x.reduce((sum, v, j) => sum + v * y[j]!, 0)
  let [residual, product] = [0, 0]
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < n; i++) {
      const av = dot(a.subarray(i * n, (i + 1) * n), row(k)) / size
      residual = Math.max(residual, Math.abs(av - (values[k]! / size) * row(k)[i]!))
      product = Math.max(product, Math.abs(dot(row(k), row(i)) - (i === k ? 1 : 0)))
    }
  }
  expect(residual).toBeLessThan(1e-12)
  expect(product).toBeLessThan(1e-13)
})

test('refusals', () => {
  expect(() => symmetricEigen(Float64Array.of(1, Infinity, Infinity, 1), 2)).toThrow(/not finite/)
})
