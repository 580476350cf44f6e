import { expect, it } from '@jest/globals'
import { boxIou } from '../boxes/boxIou.ts'
import type { Box } from '../boxes/Box.ts'
import { invertTheta, thetaFrom } from './Theta.ts'
import { warpBox, warpPointToOutput } from './warpBox.ts'
import { warpFilm } from './warpFilm.ts'

it('a scale of 2 shows twice as much: things shrink towards the centre', () => {
  expect(warpBox([0, 0, 100, 50], thetaFrom({ scale: 2 }), 100, 100)).toEqual([25, 25, 75, 50])
})

it('a shift of the grid to the right moves things left: tx = 0.2 is 10 of 100 pixels', () => {
  const [x, y] = warpPointToOutput(thetaFrom({ tx: 0.2 }), 50, 30, 100, 100)
  expect(x).toBeCloseTo(40, 12)
  expect(y).toBeCloseTo(30, 12)
})

it('a turn by 45° encloses the diamond', () => {
  // the square of side 20 about the centre becomes a diamond of half diagonal 10 sqrt 2
  const half = 10 * Math.SQRT2
  const box = warpBox([40, 40, 60, 60], thetaFrom({ angle: Math.PI / 4 }), 100, 100)
  ;[50 - half, 50 - half, 50 + half, 50 + half].forEach((edge, i) => expect(box[i]).toBeCloseTo(edge, 10))
})

it('lands on another size of film', () => {
  const box = warpBox([10, 20, 30, 40], [1, 0, 0, 0, 1, 0], 100, 100, 50, 200)
  ;[20, 10, 60, 20].forEach((edge, i) => expect(box[i]).toBeCloseTo(edge, 12))
})

it('comes back by the inverse map when nothing turns', () => {
  const box: Box = [12, 30, 44, 61]
  const theta = thetaFrom({ scale: [1.2, 0.7], tx: 0.1, ty: -0.2 })
  expect(boxIou(warpBox(warpBox(box, theta, 80, 90), invertTheta(theta), 80, 90), box)).toBeCloseTo(1, 12)
})

it('agrees with the film: a bright block is where its box says', () => {
  const film = new Float32Array(64 * 64)
  for (let r = 20; r < 30; r++) film.fill(1, r * 64 + 36, r * 64 + 50)
  const theta = thetaFrom({ scale: 0.9, angle: 0.4, tx: 0.1, ty: -0.15 })
  const warped = warpFilm(film, 64, 64, theta)
  const [x0, y0, x1, y1] = warpBox([36, 20, 50, 30], theta, 64, 64)
  const bright = Array.from(warped.keys()).filter((i) => warped[i]! > 0.5)
  const columns = bright.map((i) => (i % 64) + 0.5)
  const rows = bright.map((i) => Math.floor(i / 64) + 0.5)
  // the outermost bright centres are within a pixel and a half of each side (corners are cut by the threshold)
  expect(Math.abs(Math.min(...columns) - x0)).toBeLessThan(1.5)
  expect(Math.abs(Math.max(...columns) - x1)).toBeLessThan(1.5)
  expect(Math.abs(Math.min(...rows) - y0)).toBeLessThan(1.5)
  expect(Math.abs(Math.max(...rows) - y1)).toBeLessThan(1.5)
})
