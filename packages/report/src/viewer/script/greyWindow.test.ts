import { expect, test } from '@jest/globals'
import {
  automaticWindow,
  fullWindow,
  narrowWindow,
  rangeOf,
  transferOf,
  valueOf,
  valueText,
  windowAt,
} from './greyWindow.ts'

const residual = { low: -0.5, high: 0.5 }

test('the whole range leaves a picture as it is', () => {
  expect(transferOf(residual, fullWindow(residual), false)).toEqual({ slope: 1, intercept: 0 })
  expect(transferOf(residual, fullWindow(residual), true)).toEqual({ slope: -1, intercept: 1 })
})

test('a window in units becomes a line on pixels', () => {
  // from −0.25 to 0.25: pixel 0.25 is black, 0.75 white, 0.5 stays
  const { slope, intercept } = transferOf(residual, { from: -0.25, to: 0.25 }, false)
  expect([0.25, 0.5, 0.75].map((g) => slope * g + intercept)).toEqual([0, 0.5, 1])
  // values that fall where pixels rise: the greater value is the brighter one all the same
  expect(transferOf({ low: 1, high: 0 }, { from: 0, to: 1 }, false)).toEqual({ slope: -1, intercept: 1 })
})

test('a window is no narrower than one grey, no wider than the range, its level inside', () => {
  expect(windowAt({ low: 0, high: 255 }, 100, 0)).toEqual({ from: 99.5, to: 100.5 })
  expect(windowAt({ low: 0, high: 255 }, 300, 9999)).toEqual({ from: 127.5, to: 382.5 })
  expect(narrowWindow(residual, { from: 0, to: 0.2 })).toEqual({ from: 0.1 - 0.125, to: 0.1 + 0.125 })
})

test('automatic: from the 2nd to the 98th of a hundred', () => {
  const pixels = Uint8Array.from({ length: 101 }, (_, i) => 2 * i)
  expect(automaticWindow({ low: 0, high: 255 }, pixels)).toEqual({ from: 4, to: 196 })
  const flat = automaticWindow({ low: 0, high: 255 }, new Uint8Array(9).fill(7))
  expect(flat).toEqual({ from: 6.5, to: 7.5 })
})

test('values in units, with as many digits as tell one grey from the next', () => {
  expect(valueOf(residual, 255)).toBe(0.5)
  expect(valueText(residual, 0.12345)).toBe('0.123')
  expect(valueText({ low: -1000, high: 3000 }, -12.3)).toBe('−12')
  expect(rangeOf({ low: null, high: 3 })).toEqual({ low: 0, high: 1 })
  expect(rangeOf({ low: 2, high: 2 })).toEqual({ low: 0, high: 1 })
})
