import { expect, it } from '@jest/globals'
import { otherNoise } from './otherNoise.ts'
import { unitFilm } from './unitFilm.ts'

it('each pixel takes the noise of its neighbour down and right, around the edge', () => {
  const levels = (...greys: number[]): Float32Array => Float32Array.from(greys, (grey) => grey / 255)
  const clean = levels(10, 20, 30, 40)
  const noisy = levels(11, 22, 33, 44) // noise 1, 2, 3, 4
  expect([...otherNoise(noisy, clean, 2)].map((v) => Math.round(v * 255))).toEqual([14, 23, 32, 41])
  expect(otherNoise(noisy, noisy, 2)).toEqual(noisy)
})

it('white is 1 at either depth', () => {
  expect([...unitFilm(Uint8Array.of(0, 51, 255))]).toEqual([0, Math.fround(0.2), 1])
  expect([...unitFilm(Uint16Array.of(0, 13107, 65535))]).toEqual([0, Math.fround(0.2), 1])
})
