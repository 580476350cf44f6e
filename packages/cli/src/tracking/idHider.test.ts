// Ids in texts that leave: hidden wherever they stand as a word, and only there.
import { describe, expect, it } from '@jest/globals'
import { idHider } from './idHider.ts'
import type { IdKind } from './idHider.ts'

/** `<FILM 3>` for a film's id of three letters. */
const hiding = (films: ReadonlyArray<string>, patients: ReadonlyArray<string> = []) => {
  const hider = idHider((kind: IdKind, id) => `<${kind.toUpperCase()} ${id.length}>`)
  for (const id of films) hider.add('film', id)
  for (const id of patients) hider.add('patient', id)
  return hider.hide
}

describe('films and patients', () => {
  const hide = hiding(
    ['00000013_005', '00000013_0051', 'patient00001_study1_view1_frontal', 'a.b-c', 'film-01'],
    ['00000013', 'patient00001', 'Müller, O’Hara & <Söhne>'],
  )
  it('as words, in tables, JSON and paths', () => {
    expect(hide('film 00000013_005: missed')).toBe('film <FILM 12>: missed')
    expect(hide('"film":"00000013_005",')).toBe('"film":"<FILM 12>",')
    expect(hide('<td>00000013</td>')).toBe('<td><PATIENT 8></td>')
    expect(hide('images/00000013_005.png')).toBe('images/<FILM 12>.png')
    expect(hide('seen: 00000013_005. Next')).toBe('seen: <FILM 12>. Next')
    expect(hide('patient00001_study1_view1_frontal of patient00001')).toBe('<FILM 33> of <PATIENT 12>')
  })
  it('the longest that fits: a film is not taken for its patient, nor for a shorter film', () => {
    expect(hide('00000013_0051 00000013_006')).toBe('<FILM 13> <PATIENT 8>_006')
    expect(hide('film-01 film-012 film-0')).toBe('<FILM 7> film-012 film-0')
  })
  it('not inside other words', () => {
    expect(hide('x00000013_005 00000013_0059 100000013')).toBe('x00000013_005 <PATIENT 8>_0059 100000013')
    expect(hide('a.b-cd')).toBe('a.b-cd')
    expect(hide('(a.b-c)')).toBe('(<FILM 5>)')
  })
  it('as HTML, JSON and addresses spell them', () => {
    const name = 'Müller, O’Hara & <Söhne>'
    for (const spelling of [
      name,
      'Müller, O’Hara &amp; &lt;Söhne&gt;',
      'Müller, O’Hara & \\u003cSöhne>',
      encodeURIComponent(name),
    ])
      expect([spelling, hide(`of ${spelling};`)]).toEqual([spelling, expect.stringMatching(/^of <PATIENT 24>/)])
  })
})

describe('ids that are common words or numbers', () => {
  const hide = hiding(['7'], ['13', '4711', '12345678', 'PA'])
  it('only where the text says what they are', () => {
    expect(hide('13 films, 13 %, {"steps":13,"n":4711} view PA')).toBe('13 films, 13 %, {"steps":13,"n":4711} view PA')
    expect(hide('patient 13, patients: 4711, "patient":"13", patientId=PA, film #7')).toBe(
      'patient <PATIENT 2>, patients: <PATIENT 4>, "patient":"<PATIENT 2>", patientId=<PATIENT 2>, film #<FILM 1>',
    )
  })
  it('and no part of a decimal number', () => {
    expect(hide('{"value":0.12345678,"low":12345678.5}')).toBe('{"value":0.12345678,"low":12345678.5}')
    expect(hide('id 12345678.')).toBe('id <PATIENT 8>.')
  })
})

describe('bytes written as text', () => {
  const hide = hiding(['abc', 'AAAA', 'base64'])
  it('stay as they are', () => {
    const bytes = `iVBO+abc/abc+AAAA/${'A'.repeat(100)}+abc==`
    const page = `abc <img src="data:image/png;base64,${bytes}"> abc\n${bytes.replace('==', '')}\nAAAA`
    expect(hide(page)).toBe(
      page.replace(/^abc/, '<FILM 3>').replace('> abc\n', '> <FILM 3>\n').replace(/AAAA$/, '<FILM 4>'),
    )
    expect(hide('data:image/svg+xml;base64,abc+abc, abc')).toBe('data:image/svg+xml;base64,abc+abc, <FILM 3>')
  })
})

it('a large cohort and a large page: in a second, not in one a film', () => {
  const ids = Array.from({ length: 26_684 }, (_, i) => `${(i * 7919).toString(16).padStart(8, '0')}-${i}`)
  const began = performance.now()
  const hide = hiding(ids)
  const page = `${ids.join(' ')} ${'<p class="x">some words, 0.123 and 7</p>\n'.repeat(100_000)}`
  const hidden = hide(page)
  expect(hidden.startsWith('<FILM 10> <FILM 10> ')).toBe(true)
  expect(hidden.match(/<FILM /g)).toHaveLength(ids.length)
  expect(performance.now() - began).toBeLessThan(10_000)
})
