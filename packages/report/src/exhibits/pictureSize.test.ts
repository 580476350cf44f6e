import { encodePng } from '@radiograft/figures'
import { expect, test } from '@jest/globals'
import type { Figure } from '@radiograft/pipeline'
import { pictureSize } from './pictureSize.ts'
import { pictureWords } from './pictureWords.ts'

const figure = (mediaType: Figure['mediaType'], bytes: Uint8Array): Figure => ({
  title: 'T',
  caption: '',
  row: '',
  mediaType,
  bytes,
})
const svg = (text: string): Figure => figure('image/svg+xml', new TextEncoder().encode(text))

test('a PNG says its size, also from the middle of a buffer', () => {
  const png = encodePng({ width: 7, height: 3, pixels: new Uint8Array(21) })
  const shifted = new Uint8Array(png.length + 5)
  shifted.set(png, 5)
  expect(pictureSize(figure('image/png', png))).toEqual({ width: 7, height: 3 })
  expect(pictureSize(figure('image/png', shifted.subarray(5)))).toEqual({ width: 7, height: 3 })
  expect(pictureSize(figure('image/png', png.subarray(0, 20)))).toBeUndefined()
})

test('an SVG says its size in its opening tag', () => {
  expect(pictureSize(svg('<svg width="640" height="359.6px"><rect width="1" height="2"/></svg>'))).toEqual({
    width: 640,
    height: 360,
  })
  expect(pictureSize(svg('<svg stroke-width="3" height="4"></svg>'))).toBeUndefined()
  expect(pictureSize(svg('<svg width="1e9" height="4"></svg>'))).toBeUndefined()
  expect(pictureSize(svg(''))).toBeUndefined()
})

test('the description of an SVG is its alternative text', () => {
  expect(pictureWords(svg('<svg><desc>a &lt; b &amp;amp; c</desc></svg>'))).toBe('T. a < b &amp; c')
  expect(pictureWords(svg('<svg><desc>T</desc></svg>'))).toBe('T')
  expect(pictureWords(svg('<svg></svg>'))).toBe('T')
  expect(pictureWords(svg(`<svg><desc>${'x'.repeat(700)}</desc></svg>`))).toBe(`T. ${'x'.repeat(600)}…`)
})
