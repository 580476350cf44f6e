import { expect, test } from '@jest/globals'
import { anchors, cellsOf, pyramidLevels } from './anchors.ts'
import { boxesFixture } from './fixtures/boxes.ts'

test('one cell, by hand: base 8, ratios 1/2 (wide), 1, 2 (tall)', () => {
  const got = anchors(8, 8, { levels: [{ level: 3, base: 8 }], scales: [1] })
  const wide = 8 * Math.SQRT2 // w = sqrt(64 / .5), h = w / 2
  expect([...got]).toEqual(
    [
      4 - wide / 2,
      4 - wide / 4,
      4 + wide / 2,
      4 + wide / 4,
      0,
      0,
      8,
      8,
      4 - wide / 4,
      4 - wide / 2,
      4 + wide / 4,
      4 + wide / 2,
    ].map(Math.fround),
  )
})

test('the film of 128² has 3,069 anchors, nine in each of 16² + 8² + 4² + 2² + 1 cells', () => {
  expect(anchors(128, 128).length / 4).toBe(9 * (256 + 64 + 16 + 4 + 1))
  expect(cellsOf(100, 3)).toBe(13)
  expect(pyramidLevels(1).map(({ base }) => base)).toEqual([32, 64, 128, 256, 512]) // G18: 2^(l+2)
})

test('equal to the numpy oracle to 1e-5 of a pixel, on a film that no stride divides', () => {
  const { height, width, factor, count, boxes } = boxesFixture.anchors
  const got = anchors(height, width, { levels: pyramidLevels(factor) })
  expect(got.length / 4).toBe(count)
  for (const [index, ...box] of boxes) {
    expect([...got.subarray(4 * index, 4 * index + 4)].map((v, k) => Math.abs(v - box[k]!) < 1e-5)).toEqual([
      true,
      true,
      true,
      true,
    ])
  }
})

test('a film without a pixel is refused', () => {
  expect(() => anchors(0, 8)).toThrow('has no cells')
})
