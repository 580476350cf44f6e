import { expect, it } from '@jest/globals'
import { boxAverage, resizeArea } from './resizeArea.ts'

const mean = (pixels: Float32Array): number => pixels.reduce((sum, x) => sum + x, 0) / pixels.length

it('averages blocks', () => {
  // [[1 2 3 4], [5 6 7 8]] -> (1+2+5+6)/4, (3+4+7+8)/4
  expect(Array.from(boxAverage(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), 2, 4, 2))).toEqual([3.5, 5.5])
})

it('shares pixels by area: 3 to 2 gives (2 a + b) / 3 and (b + 2 c) / 3', () => {
  expect(Array.from(resizeArea(Float32Array.of(3, 6, 12), 1, 3, 1, 2))).toEqual([4, 10])
})

it('keeps the mean when shrinking', () => {
  const film = Float32Array.from({ length: 35 * 23 }, (_, i) => (i * 37) % 101)
  expect(mean(resizeArea(film, 35, 23, 11, 6))).toBeCloseTo(mean(film), 4)
})

it('interpolates when growing: 2 to 4 takes quarters', () => {
  expect(Array.from(resizeArea(Float32Array.of(0, 4), 1, 2, 1, 4))).toEqual([0, 1, 3, 4])
})

it('grows one axis while shrinking the other', () => {
  expect(Array.from(resizeArea(Float32Array.of(0, 4, 2, 6), 2, 2, 1, 4))).toEqual([1, 2, 4, 5])
})

it('copies at the same size', () => {
  const film = Float32Array.of(0.1, 0.2, 0.3, 0.4)
  const same = resizeArea(film, 2, 2, 2, 2)
  expect(same).toEqual(film)
  expect(same).not.toBe(film)
})

it('refuses blocks that do not tile', () => {
  expect(() => boxAverage(new Float32Array(12), 3, 4, 2)).toThrow('boxAverage: blocks of 2 do not tile a film of 3 x 4')
})
