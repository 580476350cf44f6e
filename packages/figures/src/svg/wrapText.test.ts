import { expect, it } from '@jest/globals'
import { textWidth, wrapText } from './wrapText.ts'

it('breaks at spaces, keeps within the room, and says where it cut', () => {
  const lines = wrapText('detector trained with pseudo-abnormal films of other patients', 120, 2)
  expect(lines).toHaveLength(2)
  for (const text of lines) expect(textWidth(text)).toBeLessThanOrEqual(120)
  expect(lines.join(' ')).toMatch(/^detector trained .*…$/)
})

it('keeps short text as it is, and cuts a long word', () => {
  expect(wrapText('short', 120, 2)).toEqual(['short'])
  expect(wrapText('', 120, 2)).toEqual([])
  expect(wrapText('x'.repeat(100), 60, 3)[0]).toMatch(/^x+…$/)
})
