import { describe, expect, it } from '@jest/globals'
import { cutToWidth, fitToWidth, textWidth } from './textWidth.ts'

describe('columns of a text', () => {
  it.each([
    ['', 0],
    ['fit-detector ×2', 15],
    ['✓ ━─ │├ …', 9],
    // a letter with its mark in one code point, in two, and with three marks
    ['é', 1],
    ['e\u0301', 1],
    ['a\u0300\u0301\u0302', 1],
    ['胸部X線', 7],
    ['ﾊﾟ', 2],
    ['한국', 4],
    // the same syllable spelt in three letters
    ['\u1112\u1161\u11ab', 2],
    ['！', 2],
    ['🫁', 2],
    // soft hyphen and zero-width space
    ['a\u00ad\u200bb', 2],
  ])('%j takes %d', (text, columns) => expect(textWidth(text)).toBe(columns))

  it('joined emoji, which terminals draw differently, count as the widest of them', () => {
    expect(textWidth('👩‍⚕️')).toBeGreaterThanOrEqual(2)
    expect(textWidth('❤️')).toBe(2)
    expect(textWidth('🇯🇵')).toBe(4)
  })
})

it('cuts between characters, never between a letter and its mark or in the middle of a wide one', () => {
  expect(cutToWidth('fit-detector', 12)).toBe('fit-detector')
  expect(cutToWidth('fit-detector', 8)).toBe('fit-det…')
  expect(cutToWidth('e\u0301e\u0301e\u0301', 2)).toBe('e\u0301…')
  expect(cutToWidth('胸部X線', 4)).toBe('胸…')
  expect(cutToWidth('胸部X線', 1)).toBe('…')
  expect(cutToWidth('ab', 0)).toBe('')
  for (let columns = 1; columns < 12; columns++)
    expect(textWidth(cutToWidth('a胸e\u0301部b🫁c', columns))).toBeLessThanOrEqual(columns)
})

it('fills to a width', () => {
  expect(fitToWidth('胸', 4)).toBe('胸  ')
  expect(fitToWidth('胸部X線', 4)).toBe('胸… ')
})
