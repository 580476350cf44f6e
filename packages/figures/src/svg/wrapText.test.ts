import { expect, it } from '@jest/globals'
import { textWidth, wrapText } from './wrapText.ts'

it('breaks at spaces, keeps within the room, and says where it cut', () => {
  const lines = wrapText('detector trained with pseudo-abnormal films of other patients', 120, 2)
  expect(lines).toHaveLength(2)
  for (const text of lines) expect(textWidth(text)).toBeLessThanOrEqual(120)
  expect(lines.join(' ')).toMatch(/^detector trained .*…$/)
})

it('breaks a word wider than a line after its hyphens, and anywhere where it has none', () => {
  // a digit is 0.58 of 12 px, so 100 px hold 14 of them
  expect(wrapText('film 0004cfab-14fd-4e49-80ba', 100, 3)).toEqual(['film', '0004cfab-14fd-', '4e49-80ba'])
  expect(wrapText('1'.repeat(20), 100, 2)).toEqual(['1'.repeat(14), '1'.repeat(6)])
})

it('keeps short text as it is, and cuts what the lines do not hold', () => {
  expect(wrapText('short', 120, 2)).toEqual(['short'])
  expect(wrapText('', 120, 2)).toEqual([])
  expect(wrapText('x'.repeat(100), 60, 3)[2]).toMatch(/^x+…$/)
  expect(wrapText('x'.repeat(100), 60, 1)[0]).toMatch(/^x+…$/)
})
