import { expect, test } from '@jest/globals'
import { insideBalls } from './insideBalls.ts'
import { nearestRows } from './nearestRows.ts'
import { ownRowPairs, rowPairs } from './rowPairs.ts'

const column = (...values: number[]) => ({ values: Float64Array.from(values), rows: values.length, columns: 1 })
const plane = (...points: Array<readonly [number, number]>) => ({
  values: Float32Array.from(points.flat()),
  rows: points.length,
  columns: 2,
})

test('every pair of rows once, with its inner product or squared distance; rows past a block of four', () => {
  const [a, b] = [plane([1, 2], [0, 1]), plane([3, 4], [1, 1], [0, 0], [2, 0], [5, 5])]
  const seen: number[][] = []
  rowPairs(a, b, 'inner-product', (...pair) => seen.push(pair))
  expect(seen.toSorted(([i, j], [k, l]) => i! - k! || j! - l!)).toEqual([
    [0, 0, 11],
    [0, 1, 3],
    [0, 2, 0],
    [0, 3, 2],
    [0, 4, 15],
    [1, 0, 4],
    [1, 1, 1],
    [1, 2, 0],
    [1, 3, 0],
    [1, 4, 5],
  ])
  const own: number[][] = []
  ownRowPairs(plane([0, 0], [3, 4], [3, 4]), 'squared-distance', (...pair) => own.push(pair))
  expect(own).toEqual([
    [0, 1, 25],
    [0, 2, 25],
    [1, 2, 0],
  ])
})

test('nearest other rows, ascending; an equal row is a neighbour at 0; never more than there are', () => {
  const { count, squared, index } = nearestRows(column(0, 1, 3, 1), 2)
  expect(count).toBe(2)
  expect(Array.from(squared)).toEqual([1, 1, 0, 1, 4, 4, 0, 1])
  expect(Array.from(index.subarray(2, 4))).toEqual([3, 0])
  expect(nearestRows(column(0, 5), 9).count).toBe(1)
})

test('balls to the k-th nearest other centre: at the radius is inside', () => {
  // k = 1: radii of 0, 1, 3 are 1, 1, 2: [−1, 1], [0, 2], [1, 5]; k = 2: 3, 2, 3
  const centres = column(0, 1, 3)
  expect(Array.from(insideBalls(column(-1, -1.01, 5, 5.01, 2.5), centres, 1))).toEqual([1, 0, 1, 0, 1])
  expect(Array.from(insideBalls(column(-3, -3.01, 6, 6.01), centres, 2))).toEqual([1, 0, 1, 0])
  // in the plane: two centres at distance 5 cover what is within 5 of one
  expect(Array.from(insideBalls(plane([0, 5], [-3, 4.5], [8, 4]), plane([0, 0], [3, 4]), 1))).toEqual([1, 0, 1])
})

test('refusals', () => {
  expect(() => insideBalls(column(1), column(1, 2), 2)).toThrow(/from 1 to 1, got 2/)
  expect(() => insideBalls(column(1), plane([1, 2], [3, 4]), 1)).toThrow(/1 and 2 columns/)
})
