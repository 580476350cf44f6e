import { expect, test } from '@jest/globals'
import { bilinear } from './bilinear.ts'
import { binomial } from './binomial.ts'
import { blockMean } from './blockMean.ts'
import { blurPasses } from './expose.ts'
import { quantise } from './quantise.ts'

test('binomial: a point becomes the outer product of 1 2 1 over 16', () => {
  const point = Float64Array.from([0, 0, 0, 0, 16, 0, 0, 0, 0])
  expect([...binomial(point, 3, 1)]).toEqual([1, 2, 1, 2, 4, 2, 1, 2, 1])
})

test('binomial: edges are repeated, so that a constant stays and the sum is kept', () => {
  expect([...binomial(new Float64Array(9).fill(3), 3, 5)]).toEqual(Array<number>(9).fill(3))
  const corner = binomial(Float64Array.from([16, 0, 0, 0, 0, 0, 0, 0, 0]), 3, 2)
  expect(corner.reduce((a, b) => a + b)).toBeCloseTo(16, 12)
})

test('blockMean: literal', () => {
  expect([...blockMean(Float64Array.from([1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 1, 1, 0, 4, 1, 1]), 4, 2)]).toEqual([
    3.5, 5.5, 1, 1,
  ])
})

test('bilinear: 2² to 4², cell centres at ¼ and ¾, edges held', () => {
  // Columns at −¼, ¼, ¾, 5/4 of the cell spacing: 0, ¼, ¾, 1 between the two values.
  expect([...bilinear(Float64Array.from([0, 4, 8, 12]), 2, 4)]).toEqual([
    0, 1, 3, 4, 2, 3, 5, 6, 6, 7, 9, 10, 8, 9, 11, 12,
  ])
})

test('blur passes and grey levels', () => {
  expect([256, 512, 1024].map(blurPasses)).toEqual([0, 1, 5])
  expect([...quantise(Float64Array.from([0, 0.5, 1]), 8)]).toEqual([0, 128, 255])
  expect([...quantise(Float64Array.from([0, 0.5, 1]), 12)]).toEqual([0, 2048, 4095])
})
