import { expect, test } from '@jest/globals'
import { squaredDistanceWithin } from './squaredDistanceWithin.ts'

test('the second row of one against the first of the other: 3² + 4²; a tie counts, a farther one does not', () => {
  const [a, b] = [Float32Array.of(9, 9, 1, 2), Float64Array.of(4, 6, 0, 0)]
  expect(squaredDistanceWithin(a, 2, b, 0, 2, Infinity)).toBe(25)
  expect(squaredDistanceWithin(a, 2, b, 0, 2, 25)).toBe(25)
  expect(squaredDistanceWithin(a, 2, b, 0, 2, 24.9)).toBe(Infinity)
})

test('longer rows than are summed at once: 100 times 1²', () => {
  const [ones, zeros] = [new Float64Array(100).fill(1), new Float64Array(100)]
  expect(squaredDistanceWithin(ones, 0, zeros, 0, 100, 100)).toBe(100)
  expect(squaredDistanceWithin(ones, 0, zeros, 0, 100, 99)).toBe(Infinity)
})
