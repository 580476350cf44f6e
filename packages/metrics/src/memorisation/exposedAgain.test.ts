import { expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { exposedAgain } from './exposedAgain.ts'

const film = Float32Array.from({ length: 4096 }, (_, i) => 0.3 + 0.4 * (i / 4095))
const mean = (values: Float32Array): number => values.reduce((sum, v) => sum + v, 0) / values.length

test('brightness moves all pixels alike, contrast pulls them from the middle grey, noise has its deviation', () => {
  const none = { brightness: 0, contrast: 0, noise: 0 }
  expect(exposedAgain(film, none, rng(1))).toEqual(film)
  const bright = exposedAgain(film, { ...none, brightness: 0.1 }, rng(1))
  const moved = bright[0]! - film[0]!
  expect(Math.abs(moved)).toBeGreaterThan(0)
  expect(Math.abs(moved)).toBeLessThanOrEqual(0.1)
  bright.forEach((v, i) => expect(v - film[i]!).toBeCloseTo(moved, 6))
  const steep = exposedAgain(film, { ...none, contrast: 0.2 }, rng(1))
  const factor = (steep[4095]! - steep[0]!) / 0.4
  expect(Math.abs(factor - 1)).toBeLessThanOrEqual(0.2)
  expect(mean(steep)).toBeCloseTo(0.5, 6)
  const noisy = exposedAgain(film, { ...none, noise: 0.02 }, rng(1))
  const deviation = Math.sqrt(noisy.reduce((sum, v, i) => sum + (v - film[i]!) ** 2, 0) / 4096)
  expect(Math.abs(deviation - 0.02)).toBeLessThan(0.001) // four standard errors of .02/√8192
})

test('signs are of either kind, and pixels stay within the range', () => {
  const shifts = Array.from({ length: 40 }, (_, i) =>
    mean(exposedAgain(film, { brightness: 0.2, contrast: 0, noise: 0 }, rng(i))),
  )
  expect(shifts.filter((v) => v > 0.5).length).toBeGreaterThan(8)
  expect(shifts.filter((v) => v < 0.5).length).toBeGreaterThan(8)
  const wild = exposedAgain(film, { brightness: 1, contrast: 1, noise: 1 }, rng(3))
  expect(Math.min(...wild)).toBe(0)
  expect(Math.max(...wild)).toBe(1)
})
