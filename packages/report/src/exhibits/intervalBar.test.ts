import { expect, test } from '@jest/globals'
import { barDomain, intervalBar } from './intervalBar.ts'

test('bars of a group share the span of all that they hold', () => {
  expect(
    barDomain([
      { value: 24, low: 23, high: 25 },
      { value: 26, low: NaN, high: NaN },
    ]),
  ).toEqual([23, 26])
})

test('zero belongs to it when it is near, or asked for', () => {
  expect(barDomain([{ value: 0.2, low: 0.1, high: 0.3 }])).toEqual([0, 0.3])
  expect(barDomain([{ value: -0.2, low: -0.3, high: -0.1 }])).toEqual([-0.3, 0])
  expect(barDomain([{ value: 5, low: 4, high: 6 }], true)).toEqual([0, 6])
})

test('without a span there is no scale', () => {
  expect(barDomain([])).toBeUndefined()
  expect(barDomain([{ value: NaN, low: NaN, high: NaN }], true)).toBeUndefined()
  expect(barDomain([{ value: 3, low: NaN, high: NaN }])).toBeUndefined()
})

test('the bar lies where its numbers are: 150 px wide, 5 px free at either end', () => {
  const text = intervalBar({ value: 0.5, low: 0, high: 1 }, [-1, 1])!.text
  // 5 + 140 · (x + 1) / 2: −1 → 5, 0 → 75, .5 → 110, 1 → 145
  expect(text).toContain('class="zero" d="M75.0 0V16"')
  expect(text).toContain('d="M75.0 8H145.0M75.0 4V12M145.0 4V12"')
  expect(text).toContain('cx="110.0"')
})

test('what is not known is not drawn', () => {
  expect(intervalBar({ value: NaN, low: 0, high: 1 }, [0, 1])).toBeUndefined()
  const text = intervalBar({ value: 2, low: NaN, high: 3 }, [1, 3])!.text
  expect(text).not.toContain('range')
  expect(text).not.toContain('zero')
})
