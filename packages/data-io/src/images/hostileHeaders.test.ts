// Headers that go on for ever or claim what would fill the memory: refused soon, after few reads.
import { expect, it } from '@jest/globals'
import { memorySource } from './ImageSource.ts'
import type { ImageSource } from './ImageSource.ts'
import { jpegLayout } from './jpegLayout.ts'
import { pngLayout } from './pngLayout.ts'
import { handMadePng, pngChunk } from './testing/handMadePng.ts'
import { handMadeTiff } from './testing/handMadeTiff.ts'
import { oracleFile } from './testing/imagesFixture.ts'
import { readTiffDirectory } from './tiffDirectory.ts'

const corrupt = (what: RegExp) =>
  expect.objectContaining({ _tag: 'ImageError', problem: 'corrupt', message: expect.stringMatching(what) })

it('a JPEG with fill bytes: a few are passed over, 2 MB are refused', () => {
  const jpeg = oracleFile('jpeg: baseline').bytes
  const filled = (bytes: number) =>
    memorySource('a.jpg', Buffer.concat([jpeg.subarray(0, 2), Buffer.alloc(bytes, 0xff), jpeg.subarray(2)]))
  expect(jpegLayout(filled(1000))).toEqual(jpegLayout(filled(0)))
  expect(() => jpegLayout(filled(2 ** 21))).toThrow(corrupt(/more than 1048576 fill bytes/))
})

it('a JPEG of 10,001 empty comments, a PNG of 10,001 empty chunks', () => {
  const jpeg = oracleFile('jpeg: baseline').bytes
  const comments = (count: number) => Buffer.from('fffe0002'.repeat(count), 'hex')
  const jpegOf = (count: number) =>
    memorySource('a.jpg', Buffer.concat([jpeg.subarray(0, 2), comments(count), jpeg.subarray(2)]))
  expect(jpegLayout(jpegOf(9000)).format).toBe('jpeg')
  expect(() => jpegLayout(jpegOf(10_001))).toThrow(corrupt(/more than 10000 segments/))

  const pngOf = (count: number) => {
    const before = Array.from({ length: count }, () => pngChunk('tEXt'))
    return memorySource('a.png', handMadePng({ rows: 1, columns: 2, bits: 8, colour: 0, lines: [0, 1, 2], before }))
  }
  expect(pngLayout(pngOf(9000)).format).toBe('png')
  expect(() => pngLayout(pngOf(10_001))).toThrow(corrupt(/more than 10000 chunks/))
})

/** Zeros without end behind some bytes, with the lengths that were asked for. */
const endless = (bytes: Buffer): ImageSource & { readonly lengths: number[] } => {
  const lengths: number[] = []
  const read = (offset: number, length: number): DataView => {
    lengths.push(length)
    const view = new DataView(new ArrayBuffer(length))
    bytes.subarray(offset, offset + length).forEach((byte, i) => view.setUint8(i, byte))
    return view
  }
  return { file: 'a.tif', size: 2 ** 40, read, lengths }
}

it('a TIFF whose field claims 300 million values: one is read of a scalar, of a list it is refused', () => {
  const tiff = handMadeTiff({ strip: [], fields: { 257: [70_000, 5] } })
  tiff.writeUInt32LE(300_000_000, 8 + 2 + 4) // the count of the first field
  const source = endless(tiff)
  const directory = readTiffDirectory(source)
  expect(directory.number(257)).toBe(70_000)
  expect(Math.max(...source.lengths)).toBeLessThan(32)
  expect(() => directory.numbers(257)).toThrow(corrupt(/field 257 claims 300000000 values/))
})

it('a BigTIFF of four thousand million fields', () => {
  const bytes = Buffer.alloc(24)
  bytes.write('II')
  bytes.writeUInt16LE(43, 2)
  bytes.writeBigUInt64LE(16n, 8)
  bytes.writeBigUInt64LE(4_000_000_000n, 16)
  expect(() => readTiffDirectory(endless(bytes))).toThrow(corrupt(/4000000000 fields/))
})
