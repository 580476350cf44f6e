// The JSON of a safetensors header, read strictly: objects, arrays, strings and whole numbers are all that an honest one
// has. `JSON.parse` would take the last of two equal keys, `-0` and `1e2`, and any depth. Used by `readSafetensors`.
import { SafetensorsError } from './SafetensorsError.ts'

/** What a header says of one tensor; nothing of it is checked against the data yet. */
export type HeaderEntry = {
  readonly dtype: string
  readonly shape: readonly number[]
  /** first byte and the one after the last, counted from the end of the header */
  readonly offsets: readonly [start: number, end: number]
}
type Value = string | number | readonly Value[] | ReadonlyMap<string, Value>

/** The header's object, an entry, its arrays. */
const DEPTH = 3

const parse = (file: string, text: string): Value => {
  let at = 0
  const fail = (what: string): never => {
    throw new SafetensorsError(
      file,
      'header',
      `its header is not that of a safetensors file: ${what} at character ${at}`,
    )
  }
  const skip = (): string => {
    while (' \t\n\r'.includes(text[at] ?? '.')) at++
    return text[at] ?? 'the end'
  }
  const take = (mark: string): void => {
    const found = skip()
    if (found !== mark) fail(`found ${JSON.stringify(found)} where ${JSON.stringify(mark)} belongs,`)
    at++
  }
  const string = (): string => {
    const start = at
    take('"')
    while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
    at++
    try {
      return JSON.parse(text.slice(start, at).trim()) as string
    } catch {
      at = start
      return fail('a string that is not closed or not JSON')
    }
  }
  const number = (): number => {
    const digits = /[-+\w.]{0,20}/y
    digits.lastIndex = at
    const [token] = digits.exec(text)!
    const value = Number(token)
    if (!/^(0|[1-9]\d*)$/.test(token) || !Number.isSafeInteger(value))
      fail(`found ${JSON.stringify(token || skip())} where a whole number from 0 to 2^53 - 1 belongs,`)
    at += token.length
    return value
  }
  /** What stands between two brackets, by commas. */
  const list = (close: string, item: () => void): void => {
    at++
    if (skip() === close) return void at++
    for (;;) {
      item()
      if (skip() === close) return void at++
      take(',')
    }
  }
  const value = (depth: number): Value => {
    const first = skip()
    if (first === '"') return string()
    if (first !== '{' && first !== '[') return number()
    if (depth === DEPTH) fail('it is nested too deep')
    if (first === '[') {
      const items: Value[] = []
      list(']', () => items.push(value(depth + 1)))
      return items
    }
    const members = new Map<string, Value>()
    list('}', () => {
      skip()
      const key = string()
      if (members.has(key)) fail(`the key ${JSON.stringify(key)} stands there twice,`)
      if (key === '__proto__') fail('a key is __proto__')
      take(':')
      members.set(key, value(depth + 1))
    })
    return members
  }
  if (text[0] !== '{') fail(`it begins with ${JSON.stringify(text[0] ?? '')} instead of {,`)
  const root = value(0)
  skip()
  if (at < text.length) fail('something follows its object')
  return root
}

const isNumbers = (value: Value | undefined): value is readonly number[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'number')

/** @throws SafetensorsError when the text is not a header */
export const parseHeader = (
  file: string,
  text: string,
): { readonly entries: ReadonlyMap<string, HeaderEntry>; readonly metadata: Readonly<Record<string, string>> } => {
  const entries = new Map<string, HeaderEntry>()
  let metadata: Record<string, string> = {}
  for (const [name, value] of parse(file, text) as ReadonlyMap<string, Value>) {
    const bad = (what: string): SafetensorsError =>
      new SafetensorsError(file, 'header', `the header's entry '${name}' ${what}`)
    if (!(value instanceof Map)) throw bad('is not an object')
    const members = value as ReadonlyMap<string, Value>
    if (name === '__metadata__') {
      if ([...members.values()].some((item) => typeof item !== 'string')) throw bad('holds something that is no text')
      metadata = Object.fromEntries(members as ReadonlyMap<string, string>)
      continue
    }
    // the name is looked up in records and written again as UTF-8, which has no half of a surrogate pair
    if (/\p{Surrogate}/u.test(name))
      throw new SafetensorsError(file, 'name', 'the name of a tensor is not valid Unicode')
    const [dtype, shape, offsets] = ['dtype', 'shape', 'data_offsets'].map((key) => members.get(key))
    if (members.size !== 3 || typeof dtype !== 'string' || !isNumbers(shape) || !isNumbers(offsets))
      throw bad('does not consist of dtype, shape and data_offsets')
    const [start, end, ...more] = offsets
    if (start === undefined || end === undefined || more.length > 0) throw bad('has not two data_offsets')
    entries.set(name, { dtype, shape, offsets: [start, end] })
  }
  return { entries, metadata }
}
