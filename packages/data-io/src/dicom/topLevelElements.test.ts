import { describe, expect, it } from '@jest/globals'
import { topLevelElements } from './topLevelElements.ts'

const LITTLE = { explicit: true, littleEndian: true }
const le16 = (v: number) => [v & 0xff, v >> 8]
const le32 = (v: number) => [...le16(v & 0xffff), ...le16(v >>> 16)]
const ascii = (text: string) => Array.from(new TextEncoder().encode(text))
const tagBytes = (tag: number) => [...le16(tag >>> 16), ...le16(tag & 0xffff)]
const short = (tag: number, vr: string, value: ReadonlyArray<number>) => [
  ...tagBytes(tag),
  ...ascii(vr),
  ...le16(value.length),
  ...value,
]
const long = (tag: number, vr: string, length: number, value: ReadonlyArray<number> = []) => [
  ...tagBytes(tag),
  ...ascii(vr),
  0,
  0,
  ...le32(length),
  ...value,
]
const implicit = (tag: number, length: number, value: ReadonlyArray<number> = []) => [
  ...tagBytes(tag),
  ...le32(length),
  ...value,
]
const OPEN = 0xffffffff
const ITEM = (length: number) => implicit(0xfffee000, length)
const ITEM_END = implicit(0xfffee00d, 0)
const SEQUENCE_END = implicit(0xfffee0dd, 0)
const ROWS = 0x00280010
const PIXELS = long(0x7fe00010, 'OW', 4, [1, 2, 3, 4])
const walk = (bytes: ReadonlyArray<number>, encoding = LITTLE) =>
  topLevelElements(Uint8Array.from(bytes), 0, encoding, new Set([ROWS]))

describe('by hand', () => {
  it('explicit: 8 bytes to the value of US, 12 to that of OW', () => {
    const { found, pixels, cut } = walk([...short(ROWS, 'US', [2, 0]), ...PIXELS])
    expect(found.get(ROWS)).toEqual({ vr: 'US', offset: 8, length: 2 })
    expect(pixels).toEqual({ vr: 'OW', offset: 22, length: 4 })
    expect(cut).toBe(false)
  })

  it('implicit: 8 bytes to each value', () => {
    const bytes = [...implicit(ROWS, 2, [2, 0]), ...implicit(0x7fe00010, 4, [1, 2, 3, 4])]
    const { found, pixels } = walk(bytes, { explicit: false, littleEndian: true })
    expect(found.get(ROWS)).toEqual({ vr: '', offset: 8, length: 2 })
    expect(pixels).toEqual({ vr: '', offset: 18, length: 4 })
  })

  it('big endian', () => {
    const bytes = [0, 0x28, 0, 0x10, ...ascii('US'), 0, 2, 0, 9, 0x7f, 0xe0, 0, 0x10, ...ascii('OW'), 0, 0, 0, 0, 0, 4]
    const { found, pixels } = walk(bytes, { explicit: true, littleEndian: false })
    expect(found.get(ROWS)?.offset).toBe(8)
    expect(pixels).toEqual({ vr: 'OW', offset: 22, length: 4 })
  })

  it('the VR that is there counts, not the one that the transfer syntax promises', () => {
    const bytes = [...implicit(ROWS, 2, [2, 0]), ...implicit(0x7fe00010, 0)]
    expect(walk(bytes).found.get(ROWS)?.offset).toBe(8)
    const { found } = walk([...short(ROWS, 'US', [2, 0]), ...PIXELS], { explicit: false, littleEndian: true })
    expect(found.get(ROWS)?.vr).toBe('US')
  })

  it('the last of two elements of one tag counts', () => {
    const { found } = walk([...short(ROWS, 'US', [2, 0]), ...short(ROWS, 'US', [3, 0]), ...PIXELS])
    expect(found.get(ROWS)?.offset).toBe(18)
  })

  it('pixels of undefined length', () => {
    expect(walk(long(0x7fe00010, 'OB', OPEN)).pixels).toEqual({ vr: 'OB', offset: 12, length: undefined })
  })
})

describe('nested data is stepped over', () => {
  const inner = [...short(ROWS, 'US', [9, 0]), ...PIXELS]
  const icon = (item: ReadonlyArray<number>) => long(0x00880200, 'SQ', OPEN, [...item, ...SEQUENCE_END])
  it.each([
    ['an item of known length', icon([...ITEM(inner.length), ...inner])],
    ['an item of undefined length', icon([...ITEM(OPEN), ...inner, ...ITEM_END])],
    ['a sequence of known length', long(0x00880200, 'SQ', 8 + inner.length, [...ITEM(inner.length), ...inner])],
    [
      'encapsulated pixels in an item',
      icon([
        ...ITEM(OPEN),
        ...long(0x7fe00010, 'OB', OPEN),
        ...ITEM(0),
        ...ITEM(2),
        1,
        2,
        ...SEQUENCE_END,
        ...ITEM_END,
      ]),
    ],
    [
      'an unknown VR of undefined length, implicit inside',
      long(0x00091001, 'UN', OPEN, [
        ...ITEM(OPEN),
        ...implicit(ROWS, 2, [9, 0]),
        // a length whose bytes spell a VR
        ...implicit(0x00091002, 0x4c4f, Array<number>(0x4c4f).fill(0)),
        ...ITEM_END,
        ...SEQUENCE_END,
      ]),
    ],
  ])('%s', (_, sequence) => {
    const before = short(0x00080060, 'CS', ascii('CR'))
    const { found, pixels } = walk([...before, ...short(ROWS, 'US', [2, 0]), ...sequence, ...PIXELS])
    expect(found.get(ROWS)?.offset).toBe(before.length + 8)
    expect(pixels?.offset).toBe(before.length + 10 + sequence.length + 12)
  })
})

describe('what breaks off is cut, and lengths that lie end the walk', () => {
  it.each([
    ['inside an element’s head', short(0x00280002, 'US', [1, 0]).slice(0, 6)],
    ['inside a value', short(ROWS, 'US', [2, 0]).slice(0, 9)],
    ['a length beyond the end', long(0x00091001, 'OB', 0xfffffffe)],
    ['inside a sequence', long(0x00880200, 'SQ', OPEN)],
    ['inside a long head', long(0x7fe00010, 'OW', 4).slice(0, 10)],
  ])('%s', (_, bytes) => {
    expect(walk(bytes)).toEqual({ found: new Map(), pixels: undefined, cut: true })
  })

  it('a data set that ends where an element ends is whole, without pixels', () => {
    expect(walk(short(0x00280002, 'US', [1, 0]))).toMatchObject({ pixels: undefined, cut: false })
  })

  it('a million nested sequences are neither recursion nor time', () => {
    const level = Uint8Array.from([...long(0x00880200, 'SQ', OPEN), ...ITEM(OPEN)])
    const bytes = new Uint8Array(level.length * 1_000_000)
    for (let at = 0; at < bytes.length; at += level.length) bytes.set(level, at)
    const start = performance.now()
    expect(topLevelElements(bytes, 0, LITTLE, new Set([ROWS])).cut).toBe(true)
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})
