import { describe, expect, it } from '@jest/globals'
import { decodeRle } from './decodeRle.ts'

/** Header of 64 bytes, then the segments one after the other. */
const stream = (...segments: ReadonlyArray<ReadonlyArray<number>>): Uint8Array => {
  const header = new Uint32Array(16)
  header[0] = segments.length
  let at = 64
  segments.forEach((segment, i) => {
    header[1 + i] = at
    at += segment.length
  })
  return Uint8Array.from([...new Uint8Array(header.buffer), ...segments.flat()])
}

describe('PackBits by hand', () => {
  it('literals: 2 says that three bytes follow', () => {
    expect([...decodeRle(stream([2, 7, 8, 9]), 3, 1)]).toEqual([7, 8, 9])
  })

  it('runs: 254 says three times, 129 says 128 times, 128 says nothing', () => {
    expect([...decodeRle(stream([254, 5, 128, 0, 6]), 4, 1)]).toEqual([5, 5, 5, 6])
    expect([...decodeRle(stream([129, 3]), 128, 1)]).toEqual(Array<number>(128).fill(3))
  })

  it('16 bits: the first segment has the high bytes', () => {
    // 0x0102, 0x0103, 0x0104
    expect([...new Uint16Array(decodeRle(stream([254, 1], [2, 2, 3, 4]), 3, 2).buffer)]).toEqual([258, 259, 260])
  })

  it('what a segment has beyond the samples is padding', () => {
    expect([...decodeRle(stream([254, 5, 0, 0]), 3, 1)]).toEqual([5, 5, 5])
    expect([...decodeRle(stream([1, 5, 6, 0]), 1, 1)]).toEqual([5])
  })
})

const changed = (bytes: Uint8Array, at: number, value: number): Uint8Array => {
  const out = bytes.slice()
  new DataView(out.buffer).setUint32(at, value, true)
  return out
}

it.each([
  ['no header', new Uint8Array(63), /no RLE header/],
  ['colour', stream([0, 1], [0, 1], [0, 1]), /3 segments where there should be 1/],
  ['too short', stream([0, 7, 254, 1]), /a segment of 4 samples, not 5/],
  ['a run that breaks off', stream([252]), /a segment of 0 samples/],
  ['literals that break off', stream([4, 1, 2]), /a segment of 2 samples/],
  ['a segment before the header’s end', changed(stream([252, 1]), 4, 60), /outside the stream/],
  ['a segment beyond the stream', changed(stream([252, 1]), 4, 67), /outside the stream/],
])('%s is an error', (_, bytes, message) => {
  expect(() => decodeRle(bytes, 5, 1)).toThrow(message)
})

it('segments in the wrong order are an error', () => {
  expect(() => decodeRle(changed(stream([252, 1], [252, 1]), 4, 68), 5, 2)).toThrow(/outside the stream/)
})

it('a film that so few bytes cannot hold is refused before it is allocated', () => {
  expect(() => decodeRle(stream([129, 3]), 1e8, 2)).toThrow(/2 segments|1 segments/)
  expect(() => decodeRle(stream([129, 3]), 1e8, 1)).toThrow(/too few bytes/)
})
