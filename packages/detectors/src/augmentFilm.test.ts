import { expect, test } from '@jest/globals'
import { thetaFrom, warpBox } from '@radiograft/geometry'
import { rng } from '@radiograft/random'
import { augmentation, augmentFilm, warpBoxByEdges } from './augmentFilm.ts'

const pixels = rng('film').uniforms(16 * 16)
const film = { pixels, height: 16, width: 16, boxes: [[2, 3, 7, 9]] as const }

test('without augmentation the film is the same to the bit', () => {
  const got = augmentFilm(film, rng(1), augmentation(0))
  expect(got.pixels).toEqual(pixels)
  got.boxes[0]!.forEach((v, k) => expect(v).toBeCloseTo(film.boxes[0][k]!, 9))
})

test('a mirrored film mirrors its box and its attention map', () => {
  const map = Float32Array.of(1, 0, 0, 0)
  const got = augmentFilm({ ...film, attention: { map, height: 2, width: 2 } }, rng(1), {
    ...augmentation(0),
    mirror: 1,
  })
  got.boxes[0]!.forEach((v, k) => expect(v).toBeCloseTo([9, 3, 14, 9][k]!, 9))
  expect(got.attention).toEqual(Float32Array.of(0, 1, 0, 0))
  expect(got.pixels[0]).toBeCloseTo(pixels[15]!, 6)
})

test('the same seed gives the same film, another seed another; boxes stay on the film', () => {
  const of = (seed: number) => augmentFilm(film, rng(seed))
  expect(of(1)).toEqual(of(1))
  expect(of(1).pixels).not.toEqual(of(2).pixels)
  for (let seed = 0; seed < 50; seed++) {
    for (const [x0, y0, x1, y1] of of(seed).boxes) {
      expect(x0 >= 0 && y0 >= 0 && x1 <= 16 && y1 <= 16 && x1 > x0 && y1 > y0).toBe(true)
    }
  }
})

test('a box follows a film: what was bright in the box is bright in the moved box', () => {
  const bright = new Float32Array(64 * 64)
  for (let row = 20; row < 40; row++) bright.fill(1, row * 64 + 12, row * 64 + 30)
  for (let seed = 0; seed < 20; seed++) {
    const shape = { ...augmentation(0), shift: 0.05, scale: 0.15, turn: 5 }
    const got = augmentFilm({ pixels: bright, height: 64, width: 64, boxes: [[12, 20, 30, 40]] }, rng(seed), shape)
    const [x0, y0, x1, y1] = got.boxes[0]!
    const inBox = (i: number): boolean => {
      const [x, y] = [(i % 64) + 0.5, Math.floor(i / 64) + 0.5]
      return x > x0 && x < x1 && y > y0 && y < y1
    }
    const total = got.pixels.reduce((sum, v) => sum + v, 0)
    const inside = got.pixels.reduce((sum, v, i) => sum + (inBox(i) ? v : 0), 0)
    expect(inside / total).toBeGreaterThan(0.9)
    expect(inside / ((x1 - x0) * (y1 - y0))).toBeGreaterThan(0.75)
  }
})

test('eight edge points inflate a turned box less than its corners do (row G19)', () => {
  const turned = thetaFrom({ angle: 0.2 })
  const area = (b: readonly number[]): number => (b[2]! - b[0]!) * (b[3]! - b[1]!)
  const box = [20, 20, 40, 44] as const
  expect(area(warpBoxByEdges(box, turned, 64, 64))).toBeLessThan(area(warpBox(box, turned, 64, 64)))
  // by hand: under x -> 2x about the centre of a film of 8, [2,2,4,4] becomes [0,0,4,4]
  warpBoxByEdges([2, 2, 4, 4], thetaFrom({ scale: 0.5 }), 8, 8).forEach((v, k) =>
    expect(v).toBeCloseTo([0, 0, 4, 4][k]!, 9),
  )
})
