import { expect, it } from '@jest/globals'
import { convLength, isSamePadding } from './convPadding.ts'

it('counts rows as torch does', () => {
  expect(convLength(64, 3, 2, 1)).toBe(32)
  expect(convLength(64, 4, 1, 1)).toBe(63)
  expect(convLength(5, 3, 2, 1)).toBe(3)
})

it("knows where TensorFlow's 'same' is torch's padding: not for stride 2 on even sizes", () => {
  expect(isSamePadding(64, 3, 1, 1)).toBe(true)
  expect(isSamePadding(64, 3, 2, 1)).toBe(false) // 'same' pads 0 before and 1 after
  expect(isSamePadding(65, 3, 2, 1)).toBe(true)
  expect(isSamePadding(64, 4, 2, 1)).toBe(true)
  expect(isSamePadding(64, 7, 2, 3)).toBe(false) // 2 before, 3 after
})
