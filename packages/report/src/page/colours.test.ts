import { expect, test } from '@jest/globals'
import { dark, light } from './colours.ts'
import type { Colours } from './colours.ts'

/** WCAG 2.2, "relative luminance". */
const luminance = (hex: string): number => {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = parseInt(hex.slice(at, at + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}
const contrast = (a: string, b: string): number => {
  const [high, low] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
  return (high! + 0.05) / (low! + 0.05)
}

test('black on white is 21', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 6)
})

test.each<[string, Colours]>([
  ['light', light],
  ['dark', dark],
])('%s: text is readable on ground and panel, marks are seen', (_, colours) => {
  for (const ground of [colours.ground, colours.panel]) {
    for (const text of ['ink', 'faint', 'link', 'holds', 'fails', 'unsure'] as const)
      expect([text, contrast(colours[text], ground) >= 4.5]).toEqual([text, true])
    expect(contrast(colours.mark, ground)).toBeGreaterThanOrEqual(3)
  }
})
