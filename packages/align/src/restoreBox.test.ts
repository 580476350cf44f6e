import { expect, test } from '@jest/globals'
import { boxIou, identityTheta, thetaFrom, warpBox, warpFilm, type Box, type Theta } from '@radiograft/geometry'
import { rng } from '@radiograft/random'
import { randomPose } from './randomPose.ts'
import { restoreBox } from './restoreBox.ts'

const SIZE = 100
const close = (box: Box, expected: Box): void => box.forEach((v, i) => expect(v).toBeCloseTo(expected[i]!, 9))

test('the identity leaves a box where it is', () => {
  close(restoreBox([10, 20, 30, 60], identityTheta, SIZE, SIZE), [10, 20, 30, 60])
})

test('by hand: a shift of .2 is 10 of 100 pixels; the aligned film shows what lies further right', () => {
  close(restoreBox([10, 20, 30, 60], [1, 0, 0.2, 0, 1, -0.1], SIZE, SIZE), [20, 15, 40, 55])
})

test('by hand: scale 1.5 about the centre of a film that is not square', () => {
  // x: (10 − 20) · 1.5 + 20 = 5, (30 − 20) · 1.5 + 20 = 35; y about 30: 0, 60
  close(restoreBox([10, 10, 30, 50], thetaFrom({ scale: 1.5 }), 60, 40), [5, 0, 35, 60])
})

test('by hand: half a quarter turn about the centre; an edge goes to where its middle goes', () => {
  const turned = restoreBox([40, 30, 60, 70], thetaFrom({ q: Math.tan(Math.PI / 8) }), SIZE, SIZE)
  const [x0, y0, x1, y1] = turned
  // 45° about (50, 50): the middle of the left edge, (40, 50), goes to x = 50 − 10 cos 45°
  const half = 10 * Math.SQRT1_2
  close([x0, y0, x1, y1], [50 - half, 50 - 2 * half, 50 + half, 50 + 2 * half])
})

test('what lies beyond the source film is cut off', () => {
  expect(restoreBox([80, 80, 100, 100], [1, 0, 0.3, 0, 1, 0.3], SIZE, SIZE)).toEqual([95, 95, 100, 100])
  const gone = restoreBox([80, 80, 100, 100], [1, 0, 1, 0, 1, 0], SIZE, SIZE)
  expect(gone[2] - gone[0]).toBe(0)
})

const poses = Array.from({ length: 60 }, (_, i) => randomPose(rng(i)))
const box: Box = [30, 25, 58, 62]
const roundTrip = (theta: Theta): number => boxIou(restoreBox(warpBox(box, theta, SIZE, SIZE), theta, SIZE, SIZE), box)

test('there and back: exact without a turn, little lost with one', () => {
  for (const scale of [0.9, 1, 1.1] as const)
    expect(roundTrip(thetaFrom({ scale, tx: 0.07, ty: -0.04 }))).toBeCloseTo(1, 12)
  const overlaps = poses.map(roundTrip).toSorted((a, b) => a - b)
  // The way in encloses turned corners: at 10° a box of 28 × 37 grows by up to 37 · sin 10° = 6.4 pixels in width and
  // 4.9 in height, to an IoU of .71; the way back adds nothing.
  expect(overlaps[0]!).toBeGreaterThan(0.7)
  expect(overlaps[30]!).toBeGreaterThan(0.82)
})

test('going back by corners as well would inflate the box a second time', () => {
  const invert = (theta: Theta): Box => {
    const aligned = warpBox(box, theta, SIZE, SIZE)
    const corners = [
      [aligned[0], aligned[1]],
      [aligned[2], aligned[1]],
      [aligned[2], aligned[3]],
      [aligned[0], aligned[3]],
    ].map(([x, y]) => {
      const [u, v] = [(2 * x!) / SIZE - 1, (2 * y!) / SIZE - 1]
      return [
        ((theta[0] * u + theta[1] * v + theta[2] + 1) * SIZE) / 2,
        ((theta[3] * u + theta[4] * v + theta[5] + 1) * SIZE) / 2,
      ]
    })
    const [xs, ys] = [corners.map((p) => p[0]!), corners.map((p) => p[1]!)]
    return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
  }
  const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length
  const byEdges = mean(poses.map(roundTrip))
  expect(byEdges - mean(poses.map((theta) => boxIou(invert(theta), box)))).toBeGreaterThan(0.05)
})

test('box and pixels go the same way: a bright box is found inside its warped box, and restored around itself', () => {
  const film = new Float32Array(SIZE * SIZE)
  for (let y = box[1]; y < box[3]; y++) film.fill(1, y * SIZE + box[0], y * SIZE + box[2])
  const brightOf = (pixels: Float32Array): Box => {
    const at = Array.from(pixels.keys()).filter((i) => pixels[i]! > 0.5)
    const [xs, ys] = [at.map((i) => i % SIZE), at.map((i) => Math.floor(i / SIZE))]
    return [Math.min(...xs), Math.min(...ys), Math.max(...xs) + 1, Math.max(...ys) + 1]
  }
  for (const theta of poses.slice(0, 8)) {
    const bright = brightOf(warpFilm(film, SIZE, SIZE, theta, 'border'))
    warpBox(box, theta, SIZE, SIZE).forEach((v, i) => expect(Math.abs(v - bright[i]!)).toBeLessThan(1.5))
    expect(boxIou(restoreBox(bright, theta, SIZE, SIZE), box)).toBeGreaterThan(0.65)
  }
})
