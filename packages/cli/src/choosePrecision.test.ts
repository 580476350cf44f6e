import { expect, it } from '@jest/globals'
import { comparedSteps } from './choosePrecision.ts'

it.each([
  [0.1, 1.26, 'a bf16 step takes 12.6 times as long here'],
  [0.1, 0.104, 'a bf16 step takes 1.04 times as long here'],
  [0.2, 0.1, 'a bf16 step is 2.00 times as fast here'],
])('%d s and %d s: %s', (fp32, bf16, text) => {
  expect(comparedSteps({ fp32, bf16 })).toBe(text)
})
