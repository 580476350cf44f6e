import { expect, test } from '@jest/globals'
import { boxFromMask, JUDGE_GRID } from './boxFromMask.ts'
import { clipToBox, maskOf } from './findingMask.ts'

function maskWith(...rectangles: (readonly [x0: number, y0: number, x1: number, y1: number])[]): Uint8Array {
  const mask = new Uint8Array(JUDGE_GRID * JUDGE_GRID)
  for (const [x0, y0, x1, y1] of rectangles) {
    for (let y = y0; y < y1; y++) mask.fill(1, y * JUDGE_GRID + x0, y * JUDGE_GRID + x1)
  }
  return mask
}

test('a rectangle is its own box', () => {
  expect(boxFromMask(maskWith([40, 60, 140, 200]))).toEqual({ x0: 40, y0: 60, x1: 140, y1: 200 })
})

test('rows and columns of at most 3 % of the fullest are dropped', () => {
  // Rows hold 100 cells: a row of 3 is dropped, one of 4 kept. Columns hold 140: 4 cells are dropped, 5 kept.
  expect(boxFromMask(maskWith([40, 60, 140, 200], [60, 20, 63, 21]))).toMatchObject({ y0: 60 })
  expect(boxFromMask(maskWith([40, 60, 140, 200], [60, 20, 64, 21]))).toMatchObject({ y0: 20 })
  expect(boxFromMask(maskWith([40, 60, 140, 200], [30, 100, 31, 104]))).toMatchObject({ x0: 40 })
  expect(boxFromMask(maskWith([40, 60, 140, 200], [30, 100, 31, 105]))).toMatchObject({ x0: 30 })
})

test('an empty mask has no box', () => {
  expect(boxFromMask(maskWith())).toBeNull()
})

test('a mask is what exceeds a quarter of the greatest signal; half a cell counts', () => {
  // 4² render grid to 2²: the greatest value is 8, so values above 2 are marked.
  const signal = Float64Array.from([8, 3, 2, 2, 0, 0, 2, 9 - 1, 0, 0, 3, 3, 0, 0, 3, 3])
  expect([...maskOf(signal, 4, 2)]).toEqual([1, 0, 0, 1])
})

test('a mask is cut off at its box', () => {
  // A film of 4²: its pixel centres lie at 32, 96, 160 and 224 of 256. Left and top edges count, right and bottom not.
  const box = { x0: 32, y0: 97, x1: 160, y1: 224 }
  expect([...clipToBox(new Uint8Array(16).fill(1), 4, box)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0])
})
