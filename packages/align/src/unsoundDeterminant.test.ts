import { expect, test } from '@jest/globals'
import { unsoundDeterminant } from './unsoundDeterminant.ts'

test.each([0.71, 1, 1.39])('%d is sound', (determinant) => expect(unsoundDeterminant(determinant)).toBeUndefined())

test.each([0.25, 0.7, 1.4, -505.18, Number.NaN])('%d is not, and the warning says what to do', (determinant) =>
  expect(unsoundDeterminant(determinant)).toBe(
    `warning: det θ ended at ${determinant.toFixed(2)}, sound is 0.7 to 1.4: films are shrunk or blown up, not aligned; lower the learning rate`,
  ),
)
