import { expect, test } from '@jest/globals'
import { attenuationOf, transmission } from './attenuation.ts'

// The specification's values: the pair is defined by 10 squarings and 10 roots, close to exp and log but not equal.
test('transmission and attenuation at given points', () => {
  expect(transmission(0)).toBe(1)
  expect(transmission(3)).toBeCloseTo(0.0495683312, 9)
  expect(attenuationOf(0.05)).toBeCloseTo(2.9913545066, 9)
  expect(transmission(100)).toBe(transmission(12))
})

test('each undoes the other', () => {
  for (const L of [0.1, 1, 2.5, 7, 11.9]) expect(attenuationOf(transmission(L))).toBeCloseTo(L, 9)
})
