import { expect, it } from '@jest/globals'
import { element, escapeText, svgDocument } from './element.ts'

it('escapes markup, quotes and what XML forbids', () => {
  expect(escapeText(`<a href="x">&'`)).toBe('&lt;a href=&quot;x&quot;&gt;&amp;&#39;')
  expect(escapeText('a\u0000b\u001bc\ud800d\ufffee')).toBe('a\ufffdb\ufffdc\ufffdd\ufffde')
  expect(escapeText('Größe µ 肺 🫁\n')).toBe('Größe µ 肺 🫁\n')
})

it('writes attributes short and escaped, and leaves undefined ones out', () => {
  expect(element('rect', { x: 1 / 3, y: 2, fill: undefined, id: '"' })).toBe('<rect x="0.33" y="2" id="&quot;"/>')
})

it('names the picture for a screen reader', () => {
  const svg = svgDocument({ width: 10, height: 20, title: 'A & B', description: 'c', body: '' })
  expect(svg).toContain('role="img" aria-label="A &amp; B"')
  expect(svg).toContain('<title>A &amp; B</title><desc>c</desc>')
})
