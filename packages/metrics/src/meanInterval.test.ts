import { expect, it } from '@jest/globals'
import { meanInterval } from './meanInterval.ts'

it('1, 2, 3: 2 ± 4.302653 / √3; one number has no spread', () => {
  const { value, low, high } = meanInterval([1, 2, 3])
  expect(value).toBe(2)
  expect(high - 2).toBeCloseTo(4.302652729 / Math.sqrt(3), 6)
  expect(2 - low).toBeCloseTo(high - 2, 12)
  expect(meanInterval([5])).toEqual({ value: 5, low: NaN, high: NaN })
})

it('refuses none, and what is no number', () => {
  expect(() => meanInterval([])).toThrow('got none')
  expect(() => meanInterval([1, NaN])).toThrow('got 1, NaN')
})
