import { expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { solveMask } from './solveMask.ts'

/** Film indices of a 40 × 60 rectangle at (30, 20) of a 128² film. */
const pixels = Int32Array.from({ length: 2400 }, (_, i) => (20 + Math.floor(i / 40)) * 128 + 30 + (i % 40))

test('two pixels by hand: 4u − v = 7, 4v − u = 2 have u = 2, v = 1', () => {
  const { u } = solveMask(Float64Array.of(7, 2), Int32Array.of(33, 34), 10, 10, 1e-14)
  expect(u[0]).toBeCloseTo(2, 12)
  expect(u[1]).toBeCloseTo(1, 12)
})

test('the preconditioner does its work: a box of 40 × 60 takes at most 40 iterations to 1e-10', () => {
  // measured: 32; conjugate gradients alone need 199
  const b = Float64Array.from(rng('b').normals(pixels.length))
  expect(solveMask(b, pixels, 128, 128, 1e-10).iterations).toBeLessThanOrEqual(40)
})

test('a zero right-hand side needs no iteration', () => {
  expect(solveMask(new Float64Array(2400), pixels, 128, 128, 1e-12).iterations).toBe(0)
})
