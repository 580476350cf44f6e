import { expect, it } from '@jest/globals'
import { aucOfCounts } from './aucOfCounts.ts'

it('counts pairs: right order 1, equal a half', () => {
  // negatives at 1, 2, 2; positives at 2, 3. Pairs: (1,2) (1,3) right, (2,2) twice equal, (2,3) twice right: 4 + 2/2 = 5 of 6
  expect(aucOfCounts([1, 2, 0], [0, 1, 1])).toBeCloseTo(5 / 6, 12)
  expect(aucOfCounts([0, 3], [2, 0])).toBe(0)
  expect(aucOfCounts([4], [2])).toBe(0.5)
})

it('is not a number where one of the two is without films', () => {
  expect(aucOfCounts([1, 2], [0, 0])).toBeNaN()
  expect(aucOfCounts([0, 0], [1, 0])).toBeNaN()
})
