import { expect, test } from '@jest/globals'
import { brightness } from './brightness.ts'

test('brightness finds one bright square on a dark film, and nothing on a flat one', () => {
  const film = new Float32Array(32 * 32).fill(0.2)
  for (let row = 10; row < 20; row++) film.fill(0.8, row * 32 + 8, row * 32 + 16)
  const [found, ...others] = brightness(film, 32, 32, { passes: 0 })
  expect(found!.box).toEqual([8, 10, 16, 20])
  expect(found!.score).toBeCloseTo(0.8, 6)
  expect(others).toEqual([])
  expect(brightness(new Float32Array(32 * 32).fill(0.4), 32, 32)).toEqual([])
})

test('brightness smooths: one [1 2 1]/4 pass turns a bright pixel into a cross of one', () => {
  const film = new Float32Array(100)
  film[45] = 1
  const found = brightness(film, 10, 10, { passes: 1, deviations: 3, margin: 0, area: [0, 1] })
  expect(found).toEqual([{ box: [4, 3, 7, 6], score: 0.15 }])
})
