import { expect, it } from '@jest/globals'
import { cornerDisagreement } from './cornerDisagreement.ts'
import { identityTheta, thetaFrom } from './Theta.ts'

it('is 0 for equal maps', () => {
  expect(cornerDisagreement(identityTheta, identityTheta)).toBe(0)
})

it('of a shift is the shift: tx = 0.2 is a tenth of the film', () => {
  expect(cornerDisagreement(identityTheta, thetaFrom({ tx: 0.2 }))).toBeCloseTo(0.1, 14)
})

it('of a scale is that part of the half diagonal: 10 % of sqrt(2) / 2', () => {
  expect(cornerDisagreement(thetaFrom({ scale: 1.1 }), identityTheta)).toBeCloseTo(0.05 * Math.SQRT2, 14)
})
