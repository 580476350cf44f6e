import { expect, it } from '@jest/globals'
import { applyTheta, composeTheta, determinant, identityTheta, invertTheta, thetaFrom } from './Theta.ts'
import type { Theta } from './Theta.ts'
import { warpFilm } from './warpFilm.ts'

const a: Theta = [2, 1, 0.5, 0, 4, -1]

it('maps a point by hand', () => {
  expect(applyTheta(a, 3, 5)).toEqual([2 * 3 + 5 + 0.5, 4 * 5 - 1])
  expect(determinant(a)).toBe(8)
})

it('inverts by hand and back', () => {
  // x = (u - y - 0.5) / 2, y = (v + 1) / 4  =>  x = u/2 - v/8 - 3/8
  expect(invertTheta(a)).toEqual([0.5, -0.125, -0.375, 0, 0.25, 0.25])
  expect(composeTheta(a, invertTheta(a))).toEqual(identityTheta)
  expect(() => invertTheta([1, 2, 0, 2, 4, 0])).toThrow('determinant 0 and no inverse')
})

it('composes: first the second, then the first', () => {
  const shift = thetaFrom({ tx: 1 })
  const double = thetaFrom({ scale: 2 })
  expect(applyTheta(composeTheta(double, shift), 3, 0)).toEqual([8, 0]) // (3 + 1) * 2
  expect(applyTheta(composeTheta(shift, double), 3, 0)).toEqual([7, 0]) // 3 * 2 + 1
})

it('composes films the other way round: warped by a, then by b, is warped by composeTheta(a, b)', () => {
  // quarter turns, mirrors and whole-pixel shifts resample nothing, so equality is exact to rounding
  const film = Float32Array.from({ length: 36 }, (_, i) => i)
  const turn = thetaFrom({ q: 1 })
  const shift = thetaFrom({ tx: 2 / 6 })
  const twice = warpFilm(warpFilm(film, 6, 6, turn), 6, 6, shift)
  const once = warpFilm(film, 6, 6, composeTheta(turn, shift))
  for (let i = 0; i < 36; i++) expect(once[i]).toBeCloseTo(twice[i]!, 4)
})

it('makes poses from scale, turn and shift', () => {
  expect(thetaFrom({})).toEqual(identityTheta)
  expect(thetaFrom({ q: 1, scale: [2, 3], tx: 0.1, ty: 0.2 })).toEqual([0, -3, 0.1, 2, 0, 0.2]) // tan(45°) = 1: 90°
  const byAngle = thetaFrom({ angle: 0.3, scale: 1.1 })
  thetaFrom({ q: Math.tan(0.15), scale: 1.1 }).forEach((value, i) => expect(value).toBeCloseTo(byAngle[i]!, 14))
  expect(() => thetaFrom({ q: 1, angle: 1 })).toThrow('angle or q, not both')
})
