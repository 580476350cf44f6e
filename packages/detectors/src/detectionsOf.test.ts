import { expect, test } from '@jest/globals'
import { detectionsOf } from './detectionsOf.ts'

const anchors = Float32Array.of(0, 0, 10, 10, 1, 1, 11, 11, 40, 40, 60, 60, 62, 62, 80, 80)
const film = { height: 64, width: 64 }
const output = { scores: Float32Array.of(0.9, 0.8, 0.36, 0.04), deltas: new Float32Array(16), film: 0.25 }

test('by hand: floor, overlap, clipping', () => {
  const found = detectionsOf(output, anchors, film, { score: 'box' })
  // the second box overlaps the first by 81/119; the fourth is under the floor
  expect(found.map(({ box }) => box)).toEqual([
    [0, 0, 10, 10],
    [40, 40, 60, 60],
  ])
  expect(found[1]!.score).toBeCloseTo(0.36, 6)
  expect(detectionsOf(output, anchors, film, { score: 'box', maxPerFilm: 1 })).toHaveLength(1)
  expect(detectionsOf(output, anchors, film, { score: 'box', scoreFloor: 0.01 })[2]!.box).toEqual([62, 62, 64, 64])
})

test('the film’s probability joins the score', () => {
  const scores = (score: 'product' | 'geometric'): number[] =>
    detectionsOf(output, anchors, film, { score }).map((d) => d.score)
  expect(scores('product')[0]).toBeCloseTo(0.225, 6)
  expect(scores('geometric')[1]).toBeCloseTo(0.3, 6) // √(.36 · .25)
})
