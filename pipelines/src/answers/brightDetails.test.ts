import { expect, it } from '@jest/globals'
import { brightDetails } from './brightDetails.ts'
import { maskCorners } from './maskCorners.ts'

const SIZE = 40
const at = (row: number, column: number): number => row * SIZE + column

it('finds a bright speck on a slope in its cell, whatever the cell’s brightness', () => {
  const film = Float32Array.from({ length: SIZE ** 2 }, (_, i) => ((i % SIZE) / SIZE) * 0.5)
  film[at(3, 35)]! += 0.25
  const cells = brightDetails(film, SIZE, 4)
  // compared two pixels to the right, where the slope is .025 higher
  expect(cells[3]).toBeCloseTo(0.225, 6)
  expect(cells.filter((v) => v > 0.01).length).toBe(1)
})

it('a large bright thing is no detail', () => {
  const film = Float32Array.from({ length: SIZE ** 2 }, (_, i) => (i % SIZE < 20 ? 0.8 : 0))
  expect(Math.max(...brightDetails(film, SIZE, 4))).toBe(0)
})

it('masked corners are black, the rest is as it was', () => {
  const masked = maskCorners(new Float32Array(SIZE ** 2).fill(1), SIZE)
  expect([at(0, 0), at(6, 7), at(6, 32), at(0, 39)].map((i) => masked[i])).toEqual([0, 0, 0, 0])
  expect([at(7, 0), at(0, 8), at(0, 31), at(7, 39)].map((i) => masked[i])).toEqual([1, 1, 1, 1])
  expect(masked.filter((v) => v === 0).length).toBe(2 * 7 * 8)
})
