import { expect, it } from '@jest/globals'
import { orient, orientationFrom } from './orient.ts'

// stored: 1 2 3
//         4 5 6
const stored = Uint8Array.of(1, 2, 3, 4, 5, 6)

// EXIF's words for each: where row 0 and column 0 of the stored pixels are shown
it.each([
  [1, 'top, left', [1, 2, 3, 4, 5, 6]],
  [2, 'top, right', [3, 2, 1, 6, 5, 4]],
  [3, 'bottom, right', [6, 5, 4, 3, 2, 1]],
  [4, 'bottom, left', [4, 5, 6, 1, 2, 3]],
  [5, 'left, top', [1, 4, 2, 5, 3, 6]],
  [6, 'right, top', [4, 1, 5, 2, 6, 3]],
  [7, 'right, bottom', [6, 3, 5, 2, 4, 1]],
  [8, 'left, bottom', [3, 6, 2, 5, 1, 4]],
] as const)('%i: row and column 0 lie %s', (orientation, _, shown) => {
  expect(Array.from(orient(stored, 2, 3, orientation))).toEqual(shown)
  expect(Array.from(stored)).toEqual([1, 2, 3, 4, 5, 6])
})

it('everything that is no orientation is 1', () => {
  expect([undefined, 0, 9, 1.5, NaN, 8].map(orientationFrom)).toEqual([1, 1, 1, 1, 1, 8])
})
