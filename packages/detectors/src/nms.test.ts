import { expect, test } from '@jest/globals'
import { boxesFixture } from './fixtures/boxes.ts'
import { nms } from './nms.ts'

test('by hand: IoU exactly at the threshold stays, above goes', () => {
  const boxes = [
    [0, 0, 10, 10],
    [0, 0, 10, 5], // IoU .5 with the first
    [0, 0, 10, 6], // .6
    [20, 20, 30, 30],
  ] as const
  expect(nms(boxes, [0.9, 0.8, 0.7, 0.95], 0.5)).toEqual([3, 0, 1])
  expect(nms(boxes, [0.9, 0.8, 0.7, 0.95], 0.5, 2)).toEqual([3, 0])
})

test.each(Object.entries(boxesFixture.nms.kept))('index-equal to torchvision at IoU %s', (threshold, kept) => {
  expect(nms(boxesFixture.nms.boxes, boxesFixture.nms.scores, Number(threshold))).toEqual(kept)
})

test('a NaN score and a wrong count are refused', () => {
  expect(() => nms([[0, 0, 1, 1]], [Number.NaN], 0.5)).toThrow('NaN')
  expect(() => nms([[0, 0, 1, 1]], [], 0.5)).toThrow('0 scores for 1 boxes')
})
