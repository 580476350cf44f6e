import { expect, it } from '@jest/globals'
import { identityTheta, thetaFrom } from './Theta.ts'
import { warpFilm } from './warpFilm.ts'

const film = Float32Array.of(1, 2, 3, 4, 5, 6) // 2 x 3

it('changes nothing by the identity', () => {
  expect(warpFilm(film, 2, 3, identityTheta)).toEqual(film)
})

it('mirrors', () => {
  expect(Array.from(warpFilm(film, 2, 3, [-1, 0, 0, 0, 1, 0]))).toEqual([3, 2, 1, 6, 5, 4])
})

it('shifts by a pixel: zeros or the border beyond the film', () => {
  const right = thetaFrom({ tx: 2 / 3 }) // one of three pixels
  expect(Array.from(warpFilm(film, 2, 3, right), (x) => Math.round(x * 1e5) / 1e5)).toEqual([2, 3, 0, 5, 6, 0])
  expect(Array.from(warpFilm(film, 2, 3, right, 'border'), (x) => Math.round(x * 1e5) / 1e5)).toEqual([
    2, 3, 3, 5, 6, 6,
  ])
})

it('interpolates half a pixel', () => {
  const half = thetaFrom({ tx: 1 / 3 })
  expect(Array.from(warpFilm(film, 2, 3, half), (x) => Math.round(x * 1e5) / 1e5)).toEqual([1.5, 2.5, 1.5, 4.5, 5.5, 3])
})

it('refuses pixels that are no such film', () => {
  expect(() => warpFilm(film, 3, 3, identityTheta)).toThrow('warpFilm: 6 pixels are no film of 3 x 3 (9)')
})
