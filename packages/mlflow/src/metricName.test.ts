import { expect, it } from '@jest/globals'
import { wrongWithName } from './checks/checkName.ts'
import { metricName } from './metricName.ts'

it.each(['loss', 'val/auroc.macro', 'a b:c/d.e-f', 'ünicode', 'x'.repeat(250), '.hidden', 'a/...'])(
  '%s stays as it is',
  (name) => expect(metricName(name)).toBe(name),
)

// the digests are those of sha256sum
it.each([
  ['ap@0.5', 'ap-0.5-586d0487'],
  ['', 'e3b0c442'],
  ['..', '5ec1f7e7'],
])('%j becomes %s', (text, name) => expect(metricName(text)).toBe(name))

it('is legal whatever the text, and differs where texts differ', () => {
  const parts = ['a', '/', '//', '.', '..', '@', '%', 'é', 'e\u0301', '\n', ' ', '😀', '\\', 'x'.repeat(130), '']
  const texts = parts.flatMap((a) => parts.flatMap((b) => parts.map((c) => a + b + c)))
  const names = new Map<string, string>()
  for (const text of new Set(texts)) {
    const name = metricName(text)
    expect([text, wrongWithName(name)]).toEqual([text, undefined])
    expect([text, names.get(name)]).toEqual([text, undefined])
    names.set(name, text)
  }
})
