import { expect, it } from '@jest/globals'
import type { Box } from './Box.ts'
import { boxIou, iouMatrix } from './boxIou.ts'

it.each([
  ['the same box', [0, 0, 4, 4], 1],
  ['half of it: 8 of 16', [0, 0, 4, 2], 0.5],
  ['shifted by half: 8 in common, 24 in all', [2, 0, 6, 4], 1 / 3],
  ['a quarter corner: 4 in common, 28 in all', [2, 2, 6, 6], 1 / 7],
  ['touching sides', [4, 0, 8, 4], 0],
  ['apart in both directions', [9, 9, 12, 12], 0],
  ['an empty box inside', [1, 1, 1, 3], 0],
] as const)('with %s', (_, box, iou) => {
  expect(boxIou([0, 0, 4, 4], box)).toBeCloseTo(iou, 15)
  expect(boxIou(box, [0, 0, 4, 4])).toBeCloseTo(iou, 15)
})

it('of all pairs is row-major', () => {
  const a: Box[] = [
    [0, 0, 4, 4],
    [0, 0, 2, 4],
  ]
  const b: Box[] = [
    [0, 0, 4, 4],
    [2, 0, 4, 4],
    [0, 0, 2, 2],
  ]
  expect(Array.from(iouMatrix(a, b))).toEqual([1, 0.5, 0.25, 0.5, 0, 0.5])
  expect(iouMatrix([], b).length).toBe(0)
})
