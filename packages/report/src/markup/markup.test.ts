import { expect, test } from '@jest/globals'
import { escapeText } from './escapeText.ts'
import { markup, trusted } from './markup.ts'

test('text is escaped, markup kept, lists joined, nothing left out', () => {
  const inner = markup`<b>${'a < b & "c"'}</b>`
  expect(markup`<p title="${`'"`}">${inner}${[1, '>', undefined, [inner]]}${undefined}</p>`.text).toBe(
    '<p title="&#39;&quot;"><b>a &lt; b &amp; &quot;c&quot;</b>1&gt;<b>a &lt; b &amp; &quot;c&quot;</b></p>',
  )
  expect(markup`${trusted('<i>')}`.text).toBe('<i>')
})

test('an object that only looks like markup is refused by the type and never written', () => {
  // @ts-expect-error an object is no piece
  expect(() => markup`${{ text: '<script>' }}`).toThrow('map is not a function')
})

test('what no page can hold becomes U+FFFD; letters of all scripts stay', () => {
  expect(escapeText('a\u0000b\u001bc\ud800d\ufffee')).toBe('a\ufffdb\ufffdc\ufffdd\ufffde')
  expect(escapeText('Größe µ 肺 🫁\t\n')).toBe('Größe µ 肺 🫁\t\n')
})
