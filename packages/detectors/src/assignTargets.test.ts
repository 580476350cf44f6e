import { expect, test } from '@jest/globals'
import { anchors } from './anchors.ts'
import { assignTargets } from './assignTargets.ts'
import { decodeBoxes, encodeBox } from './boxDeltas.ts'
import { boxesFixture } from './fixtures/boxes.ts'

const { height, width } = boxesFixture.anchors
const grid = anchors(height, width)

test('by hand: IoU .5 is positive, .4 is ignored, below is negative', () => {
  // the box [0,0,10,10] against itself cut to 10 x 5, 10 x 4 and 10 x 3.9
  const cut = Float32Array.from([0, 0, 10, 5, 0, 0, 10, 4, 0, 0, 10, 3.5])
  const got = assignTargets(cut, [[0, 0, 10, 10]])
  expect([...got.labels]).toEqual([1, -1, 0])
  // centre 2.5 -> 5 over height 5 is .5; ln(10/5) in units of .2
  expect([...got.deltas.subarray(0, 4)]).toEqual([0, 5, 0, Math.fround(Math.log(2) / 0.2)])
  expect([...got.deltas.subarray(4)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
})

test('a film without boxes: every anchor is negative, none is ignored', () => {
  const { labels, positives } = assignTargets(grid, [])
  expect(positives).toBe(0)
  expect(labels).toEqual(new Float32Array(grid.length / 4))
})

test('labels and deltas of two boxes equal the oracle', () => {
  const { boxes, positive, ignored, deltas } = boxesFixture.targets
  const got = assignTargets(grid, boxes)
  const where = (value: number): number[] => [...got.labels].flatMap((v, i) => (v === value ? [i] : []))
  expect(where(1)).toEqual(positive)
  expect(where(-1)).toEqual(ignored)
  expect(got.positives).toBe(positive.length)
  positive.forEach((index, k) => {
    deltas[k]!.forEach((d, c) => expect(got.deltas[4 * index + c]).toBeCloseTo(d, 4))
  })
})

test('a box that no anchor fits goes unlearned, unless the best anchor is forced', () => {
  const thin = [[2, 2, 60, 8]] as const
  expect(assignTargets(grid, thin).positives).toBe(0)
  expect(assignTargets(grid, thin, { forceBest: true }).positives).toBe(1)
})

test('an empty box is refused', () => {
  expect(() => assignTargets(grid, [[5, 5, 5, 9]])).toThrow('is empty')
})

test('decoding undoes encoding, clips, and does not overflow', () => {
  const anchor = [10, 10, 30, 40] as const
  const box = [12, 5, 37, 44] as const
  const [decoded] = decodeBoxes(Float32Array.from(anchor), Float32Array.from(encodeBox(anchor, box)), [0], {
    height: 96,
    width: 80,
  })
  decoded!.forEach((v, k) => expect(v).toBeCloseTo(box[k]!, 4))
  expect(
    decodeBoxes(Float32Array.from(anchor), Float32Array.of(0, 0, 1e9, 1e9), [0], { height: 96, width: 80 }),
  ).toEqual([[0, 0, 80, 96]])
})
