import { expect, it } from '@jest/globals'
import { endTime } from './endTime.ts'

it('an hour back, as in autumn: the begin and what it took', () => {
  expect(endTime(10_000, 12_000, 5)).toBe(12_000)
  expect(endTime(3_600_000, 501, 1.2345)).toBe(3_601_235)
  expect(endTime(3_600_000, 501)).toBe(3_600_000)
  expect(endTime(7, 7, 3)).toBe(7)
})
