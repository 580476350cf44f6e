import { expect, it } from '@jest/globals'
import { convLength } from './convPadding.ts'

it('counts rows as torch does', () => {
  expect(convLength(64, 3, 2, 1)).toBe(32)
  expect(convLength(64, 4, 1, 1)).toBe(63)
  expect(convLength(5, 3, 2, 1)).toBe(3)
})
