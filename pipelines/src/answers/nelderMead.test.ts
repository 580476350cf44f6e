import { expect, it } from '@jest/globals'
import { nelderMead } from './nelderMead.ts'

it('finds the bottom of a bowl that is steep one way and shallow the other', () => {
  const { point, value } = nelderMead(([x, y]) => (x! - 3) ** 2 + 100 * (y! + 1) ** 2 + 2, [0, 0], [1, 1], 150)
  expect(point[0]).toBeCloseTo(3, 4)
  expect(point[1]).toBeCloseTo(-1, 5)
  expect(value).toBeCloseTo(2, 8)
})

it('follows a curved valley', () => {
  const valley = ([x, y]: readonly number[]): number => (1 - x!) ** 2 + 100 * (y! - x! * x!) ** 2
  const { point } = nelderMead(valley, [-1.2, 1], [0.5, 0.5], 250)
  expect(point[0]).toBeCloseTo(1, 4)
  expect(point[1]).toBeCloseTo(1, 4)
})

it('is worth what it says, and stops', () => {
  let calls = 0
  const f = ([x]: readonly number[]): number => (calls++, Math.abs(x! - 5))
  const { point, value } = nelderMead(f, [0], [1], 40)
  expect(value).toBe(Math.abs(point[0]! - 5))
  expect(calls).toBeLessThan(45)
})
