import { expect, it } from '@jest/globals'
import { boxArea, clipBox, enclosingBox, isEmptyBox, scaleBox } from './Box.ts'

it('has an area, and none when it is turned inside out', () => {
  expect(boxArea([1, 2, 4, 7.5])).toBe(16.5) // 3 x 5.5
  expect(boxArea([4, 2, 1, 7])).toBe(0)
  expect(boxArea([4, 7, 1, 2])).toBe(0) // two negative sides are not a positive area
})

it('is empty without width, without height, and with NaN', () => {
  expect(
    [
      [0, 0, 0, 5],
      [0, 0, 5, 0],
      [0, 0, NaN, 5],
      [0, 0, 0.1, 0.1],
    ].map((box) => isEmptyBox(box as [number, number, number, number])),
  ).toEqual([true, true, true, false])
})

it('is clipped to the film, and empty beyond it', () => {
  expect(clipBox([-3, 2, 20, 30], 10, 12)).toEqual([0, 2, 10, 12])
  expect(isEmptyBox(clipBox([11, 2, 20, 30], 10, 12))).toBe(true)
})

it('scales with its film: 100 x 50 shown at 200 x 25', () => {
  expect(scaleBox([10, 20, 30, 40], 2, 0.5)).toEqual([20, 10, 60, 20])
})

it('encloses points', () => {
  expect(
    enclosingBox([
      [3, 4],
      [1, 9],
      [2, -1],
    ]),
  ).toEqual([1, -1, 3, 9])
  expect(() => enclosingBox([])).toThrow('enclosingBox: no points')
})
