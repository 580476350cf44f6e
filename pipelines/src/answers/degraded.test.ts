import { expect, it } from '@jest/globals'
import { rng } from '@radiograft/random'
import { blurred, noisy, shuffled, uniformNoise } from './degraded.ts'
import { mean } from './mean.ts'

const deviation = (values: Float32Array): number => Math.sqrt(mean(values.map((v) => (v - mean(values)) ** 2)))

it('a blurred point is a normal bell of the same sum, a blurred constant is the constant', () => {
  const point = new Float32Array(32 * 32)
  point[16 * 32 + 10] = 1
  const bell = blurred(point, 32, 2)
  expect(bell.reduce((sum, v) => sum + v, 0)).toBeCloseTo(1, 5)
  // exp(−(1² + 3²)/(2 · 2²)) beside the middle
  expect(bell[17 * 32 + 13]! / bell[16 * 32 + 10]!).toBeCloseTo(Math.exp(-10 / 8), 5)
  expect(bell[13 * 32 + 11]! / bell[16 * 32 + 10]!).toBeCloseTo(Math.exp(-10 / 8), 5)
  for (const v of blurred(new Float32Array(16 * 16).fill(0.25), 16, 4)) expect(v).toBeCloseTo(0.25, 6)
})

it('noise has the deviation asked for', () => {
  expect(deviation(noisy(new Float32Array(64 * 64).fill(0.5), 15, rng(1))) * 255).toBeCloseTo(15, 0)
  // (1 − 0)/√12
  const uniform = uniformNoise(64, rng(1))
  expect(mean(uniform)).toBeCloseTo(0.5, 1)
  expect(deviation(uniform)).toBeCloseTo(1 / Math.sqrt(12), 1.5)
})

it('a shuffled film has the same blocks in other places', () => {
  const film = Float32Array.from({ length: 16 * 16 }, (_, i) => i)
  const other = shuffled(film, 16, 4, rng(1))
  expect(other.toSorted()).toEqual(film)
  const corners = (of: Float32Array): number[] =>
    Array.from({ length: 16 }, (_, block) => of[Math.floor(block / 4) * 64 + (block % 4) * 4]!)
  expect(corners(other).toSorted((a, b) => a - b)).toEqual(corners(film))
  expect(corners(other)).not.toEqual(corners(film))
  // row and column within a block stay
  for (let o = 0; o < film.length; o++) {
    expect(other[o]! % 4).toBe(o % 4)
    expect(Math.floor(other[o]! / 16) % 4).toBe(Math.floor(o / 16) % 4)
  }
})
