import { expect, it } from '@jest/globals'
import { mean, meanFilm } from './mean.ts'
import { quantile } from './quantile.ts'

it('means of numbers and of films', () => {
  expect(mean([1, 2, 6])).toBe(3)
  expect([...meanFilm([[1, 10], Uint8Array.of(3, 30)])]).toEqual([2, 20])
})

it('quantiles are values that occur', () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2)
  expect(quantile([4, 1, 3, 2], 0.51)).toBe(3)
  expect(quantile([4, 1, 3, 2], 1)).toBe(4)
  expect(quantile([4, 1, 3, 2], 0)).toBe(1)
})
