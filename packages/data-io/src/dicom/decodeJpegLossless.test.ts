import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { decodeJpegLossless } from './decodeJpegLossless.ts'
import { jpegFrame } from './jpegFrame.ts'

interface Fixture {
  readonly lossless: ReadonlyArray<{
    readonly name: string
    readonly stream: string
    readonly values: ReadonlyArray<number>
  }>
}
const { lossless } = JSON.parse(
  readFileSync(new URL('./fixtures/dicom.json', import.meta.url), 'utf8'),
) as unknown as Fixture
const bytesOf = (base64: string) => Uint8Array.from(Buffer.from(base64, 'base64'))
const decode = (stream: Uint8Array) => decodeJpegLossless(stream, jpegFrame(stream)!)

it.each(lossless.map((one) => [one.name, one] as const))('libjpeg has the same values: %s', (_, one) => {
  expect([...decode(bytesOf(one.stream))]).toEqual(one.values)
})

/**
 * 2 rows of 2 columns, 8 bits. Codes: 0 category 0, 10 category 1, 110 category 2.
 * 128 +0, 128 -1, 128 +3, 130 +1 by predictor 1: 0 | 10 0 | 110 11 | 10 1, then ones: 01001101 11011111.
 * Row 1 starts from the sample above.
 */
const scan = (...data: ReadonlyArray<number>) => [0xff, 0xda, 0, 8, 1, 1, 0, 1, 0, 0, ...data]
const frame = [0xff, 0xc3, 0, 11, 8, 0, 2, 0, 2, 1, 1, 0x11, 0]
const table = [0xff, 0xc4, 0, 22, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2]
const by = (...parts: ReadonlyArray<ReadonlyArray<number>>) => Uint8Array.from([0xff, 0xd8, ...parts.flat()])
const END = [0xff, 0xd9]

describe('by hand', () => {
  it('differences from the left, and from above at the start of a row', () => {
    expect([...decode(by(frame, table, scan(0b01001101, 0b11011111), END))]).toEqual([128, 127, 131, 132])
  })

  it('a byte FF in the data is followed by 00', () => {
    // -3 is 110 00; three times +3 is 11011 11011 11011: 11000110 11110111 1011
    const data = [0b11000110, 0b11110111, 0b10111111]
    expect([...decode(by(frame, table, scan(...data), END))]).toEqual([125, 128, 128, 131])
    // 0, 0, 0, 0 and FF as padding that is not read
    expect([...decode(by(frame, table, scan(0b00001111, 0xff, 0), END))]).toEqual([128, 128, 128, 128])
  })

  it('fill bytes and comments before the frame', () => {
    const comment = [0xff, 0xff, 0xfe, 0, 4, 1, 2]
    const stream = by(comment, frame, comment, table, scan(0b01001101, 0b11011111), END)
    expect([...decode(stream)]).toEqual([128, 127, 131, 132])
  })
})

describe('damaged streams are errors, never pixels', () => {
  const predictor = (value: number) => scan(0, 0).map((byte, i) => (i === 7 ? value : byte))
  it.each([
    ['data that breaks off', by(frame, table, scan(0b01001101), END), /breaks off/],
    ['no data', by(frame, table, scan(), END), /in no table/],
    ['a code that is in no table', by(frame, table, scan(0b11101111), END), /in no table/],
    ['no table', by(frame, scan(0b01001101, 0b11011111), END), /no Huffman table/],
    ['a table that breaks off', by(frame, [0xff, 0xc4, 0, 5, 0, 1, 1], scan(0), END), /breaks off/],
    ['too many codes', by(frame, [...table.slice(0, 5), 3, ...table.slice(6)], scan(0), END), /breaks off|no Huffman/],
    // 2 + 3 in a frame of 2 bits
    [
      'samples beyond the precision',
      by([...frame.slice(0, 4), 2, ...frame.slice(5)], table, scan(0xde, 0xf7, 0xbf), END),
      /beyond its precision/,
    ],
    ['no scan', by(frame, table), /no scan/],
    ['predictor 0', by(frame, table, predictor(0), END), /not one lossless scan/],
    ['predictor 8', by(frame, table, predictor(8), END), /not one lossless scan/],
    ['a point transform', by(frame, table, [...scan().slice(0, 9), 2, 0, 0], END), /point transform/],
    ['restarts within a row', by(frame, table, [0xff, 0xdd, 0, 4, 0, 1], scan(0), END), /within a row/],
    ['a restart that is not there', by(frame, table, [0xff, 0xdd, 0, 4, 0, 2], scan(0, 0), END), /no restart marker/],
    ['baseline', by([0xff, 0xc0, ...frame.slice(2)], table, scan(0), END), /not a lossless JPEG/],
  ])('%s', (_, stream, message) => {
    expect(() => decode(stream)).toThrow(message)
  })

  it('a size that so few bytes cannot hold is refused before it is allocated', () => {
    const huge = frame.map((byte, i) => (i >= 5 && i <= 8 ? 0x27 : byte))
    expect(() => decode(by(huge, table, scan(0), END))).toThrow(/breaks off/)
  })
})
