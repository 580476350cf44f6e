import { expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { augmentation, augmentFilm } from './augmentFilm.ts'

const SIZE = 8
const film = rng('film').uniforms(SIZE * SIZE)
const augmented = (seed: string, options: Parameters<typeof augmentFilm>[4]) =>
  augmentFilm(film, SIZE, SIZE, rng(seed), options)
const none = augmentation(0)

test('strength 0 is the film, to float32; equal streams give equal films', () => {
  augmented('a', none).forEach((v, i) => expect(v).toBeCloseTo(film[i]!, 6))
  expect(augmented('a', {})).toEqual(augmented('a', {}))
  expect(augmented('a', {})).not.toEqual(augmented('b', {}))
})

test('by hand: a shift by whole pixels moves columns and repeats the edge', () => {
  const [ux] = rng('shift').uniforms(2)
  // the largest shift with which this draw is one pixel to the side; up or down the ramp does not change
  const shift = 1 / SIZE / (2 * ux! - 1)
  const ramp = Float32Array.from({ length: SIZE * SIZE }, (_, i) => (i % SIZE) / SIZE)
  const moved = augmentFilm(ramp, SIZE, SIZE, rng('shift'), { ...none, shift })
  moved.forEach((v, i) => expect(v).toBeCloseTo(Math.min((i % SIZE) + 1, SIZE - 1) / SIZE, 5))
})

test('brightness adds to all pixels alike, contrast keeps the mean and the order; both stay in [0, 1]', () => {
  const middle = film.map((v) => 0.4 + 0.2 * v)
  const mean = (of: Float32Array) => of.reduce((a, b) => a + b, 0) / of.length
  const bright = augmentFilm(middle, SIZE, SIZE, rng('b'), { ...none, brightness: 0.05 })
  const added = bright[0]! - middle[0]!
  expect(Math.abs(added)).toBeGreaterThan(1e-3)
  bright.forEach((v, i) => expect(v - middle[i]!).toBeCloseTo(added, 5))
  const steep = augmentFilm(middle, SIZE, SIZE, rng('c'), { ...none, contrast: 0.5 })
  expect(mean(steep)).toBeCloseTo(mean(middle), 5)
  const factor = (steep[0]! - mean(middle)) / (middle[0]! - mean(middle))
  expect(Math.abs(factor - 1)).toBeGreaterThan(0.05)
  steep.forEach((v, i) => expect(v - mean(middle)).toBeCloseTo(factor * (middle[i]! - mean(middle)), 5))
  for (const v of augmented('far', { shift: 0, brightness: 5, contrast: 5 })) expect(v >= 0 && v <= 1).toBe(true)
})
