import { expect, it } from '@jest/globals'
import { boxMask } from './boxMask.ts'

const rows = (mask: Uint8Array, width: number): string[] =>
  Array.from({ length: mask.length / width }, (_, r) => mask.subarray(r * width, (r + 1) * width).join(''))

it('takes the pixels whose centres are inside, left and top edges included', () => {
  // x: centres 0.5 (on the edge, in), 1.5, 2.5 (on the far edge, out); y: 1.5 and 2.5
  expect(rows(boxMask([[0.5, 0.6, 2.5, 2.6]], 4, 4), 4)).toEqual(['0000', '1100', '1100', '0000'])
})

it('is the union of boxes, cut at the film', () => {
  expect(
    rows(
      boxMask(
        [
          [-5, -5, 1, 1],
          [2, 1, 9, 9],
        ],
        3,
        4,
      ),
      4,
    ),
  ).toEqual(['1000', '0011', '0011'])
})

it('is empty for boxes that hold no centre, are inside out, or lie beyond', () => {
  expect(
    boxMask(
      [
        [0.6, 0, 1.4, 4],
        [3, 0, 1, 4],
        [7, 0, 9, 4],
        [-4, 0, -1, 4],
      ],
      4,
      4,
    ).includes(1),
  ).toBe(false)
})

it('has as many pixels as the area of a box on whole pixels', () => {
  expect(boxMask([[2, 3, 7, 9]], 12, 10).reduce((sum, x) => sum + x, 0)).toBe(30)
})
