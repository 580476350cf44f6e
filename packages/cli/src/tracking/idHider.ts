// Texts without ids: each film and patient of a cohort by its pseudonym. Made for 26,684 films and a page of megabytes: one
// pass over the words of a text with a look-up at each, not a search for each id. Used for whatever leaves for a tracking
// server.

export type IdKind = 'film' | 'patient'

export interface IdHider {
  readonly add: (kind: IdKind, id: string) => void
  readonly hide: (text: string) => string
}

/** Bytes written as text, left as they are: an id found in them would be chance, and its pseudonym damage. */
const bytesInText = /data:[\w.+-]+\/[\w.+-]+(?:;[\w.+=-]+)*;base64,[A-Za-z0-9+/=]*|[A-Za-z0-9+/]{80,}={0,2}/g
const word = /[\p{L}\p{N}]+/gu
const wordCharacter = /[\p{L}\p{N}]/u
const outerSigns = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu

/** An id that is also a common word or number, such as patient 13: hidden only where the text says what it is. */
const isShy = (id: string): boolean => id.length < 3 || (id.length < 6 && /^\d+$/.test(id))
const saysWhatItIs = /(?:patient|film)\w{0,8}[^\p{L}\p{N},;.]{1,6}$/iu

/** How an id may be written in a page, in JSON and in an address. */
const spellings = (id: string): ReadonlyArray<string> => {
  const html = id.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const quoted = html.replaceAll('"', '&quot;')
  const json = JSON.stringify(id).slice(1, -1)
  return [
    ...new Set([
      id,
      html,
      quoted,
      quoted.replaceAll("'", '&#39;'),
      quoted.replaceAll("'", '&#x27;'),
      json,
      json.replaceAll('<', '\\u003c'),
      encodeURIComponent(id.replaceAll(/\p{Cs}/gu, '\uFFFD')),
    ]),
  ]
}

/** @param nameOf the pseudonym; asked for only when an id is found */
export const idHider = (nameOf: (kind: IdKind, id: string) => string): IdHider => {
  /** spelling → whose it is */
  const known = new Map<string, { readonly kind: IdKind; readonly id: string }>()
  /** first word of a spelling → lengths of the spellings that begin with it, longest first */
  const lengths = new Map<string, number[]>()

  const add = (kind: IdKind, id: string): void => {
    for (const spelling of spellings(id)) {
      const core = spelling.replaceAll(outerSigns, '')
      if (core === '' || known.has(core)) continue
      known.set(core, { kind, id })
      const [first] = /^[\p{L}\p{N}]+/u.exec(core)!
      const list = lengths.get(first)
      if (!list) lengths.set(first, [core.length])
      else if (!list.includes(core.length)) list.push(core.length)
      list?.sort((a, b) => b - a)
    }
  }

  const isPartOfNumber = (text: string, from: number, to: number): boolean =>
    /\d[.,]$/.test(text.slice(Math.max(0, from - 2), from)) || /^[.,]\d/.test(text.slice(to, to + 2))
  /** End of the id that begins at this word, and its pseudonym. */
  const find = (
    text: string,
    from: number,
    first: string,
  ): { readonly to: number; readonly name: string } | undefined => {
    for (const length of lengths.get(first) ?? []) {
      const to = from + length
      const core = text.slice(from, to)
      const found = known.get(core)
      if (!found || wordCharacter.test(text.slice(to, to + 1))) continue
      if (isShy(core) && !saysWhatItIs.test(text.slice(Math.max(0, from - 24), from))) continue
      if (/^\d+$/.test(core) && isPartOfNumber(text, from, to)) continue
      return { to, name: nameOf(found.kind, found.id) }
    }
    return undefined
  }
  const hideWords = (text: string): string => {
    let hidden = ''
    let done = 0
    for (const { 0: first, index } of text.matchAll(word)) {
      if (index < done || !lengths.has(first)) continue
      const found = find(text, index, first)
      if (!found) continue
      hidden += text.slice(done, index) + found.name
      done = found.to
    }
    return done === 0 ? text : hidden + text.slice(done)
  }

  return {
    add,
    hide: (text) => {
      if (known.size === 0) return text
      let hidden = ''
      let done = 0
      for (const { 0: bytes, index } of text.matchAll(bytesInText)) {
        hidden += hideWords(text.slice(done, index)) + bytes
        done = index + bytes.length
      }
      return hidden + hideWords(text.slice(done))
    },
  }
}
