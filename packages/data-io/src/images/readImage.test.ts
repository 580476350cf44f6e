import { deflateSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import { ImageError } from './ImageError.ts'
import type { ImageProblem } from './ImageError.ts'
import { readImage } from './readImage.ts'
import { handMadePng, pngChunk } from './testing/handMadePng.ts'
import type { HandMadePng } from './testing/handMadePng.ts'
import { handMadeTiff } from './testing/handMadeTiff.ts'
import { oracleFile, oracleFiles } from './testing/imagesFixture.ts'

describe('Pillow has the same values', () => {
  it.each(oracleFiles.map((file) => [file.name, file] as const))('%s', async (_, { bytes, image, name }) => {
    expect(await readImage(bytes, name)).toEqual(image)
  })
})

const png = (given: Partial<HandMadePng>): Buffer =>
  handMadePng({ rows: 1, columns: 2, bits: 8, colour: 0, lines: [0, 10, 20], ...given })
const GREY_TIFF = { 256: [2], 257: [1], 258: [8], 259: [1], 262: [1], 277: [1] }
const tiff = (strip: ReadonlyArray<number>, fields: Readonly<Record<number, ReadonlyArray<number>>> = {}): Buffer =>
  handMadeTiff({ strip, fields: { ...GREY_TIFF, ...fields } })
/** `fields` of an EXIF block that asks for this orientation */
const exif = (orientation: number): Buffer => handMadeTiff({ strip: [], fields: { 0x0112: [orientation] } })

const byHand: ReadonlyArray<readonly [name: string, file: Buffer, stored: Uint8Array | Uint16Array]> = [
  ['one pixel', png({ columns: 1, lines: [0, 7] }), Uint8Array.of(7)],
  [
    '2 x 2 of 16 bits',
    png({ rows: 2, bits: 16, lines: [0, 0x12, 0x34, 0, 1, 0, 0xff, 0xff, 0xff, 0xfe] }),
    Uint16Array.of(0x1234, 1, 65535, 65534),
  ],
  ['1 bit: 01 is 0, 255', png({ bits: 1, lines: [0, 0b0100_0000] }), Uint8Array.of(0, 255)],
  ['2 bits: 0123 times 85', png({ columns: 4, bits: 2, lines: [0, 0b00_01_10_11] }), Uint8Array.of(0, 85, 170, 255)],
  ['4 bits: 3 and 15 times 17', png({ bits: 4, lines: [0, 0x3f] }), Uint8Array.of(51, 255)],
  [
    'a palette of greys, out of order',
    png({ colour: 3, lines: [0, 1, 0], before: [pngChunk('PLTE', [9, 9, 9, 200, 200, 200])] }),
    Uint8Array.of(200, 9),
  ],
  ['RGBA of equal channels', png({ colour: 6, lines: [0, 5, 5, 5, 255, 6, 6, 6, 255] }), Uint8Array.of(5, 6)],
  [
    'RGB of equal channels, 16 bits',
    png({ columns: 1, bits: 16, colour: 2, lines: [0, 1, 2, 1, 2, 1, 2] }),
    Uint16Array.of(258),
  ],
  [
    'grey with opaque alpha, 16 bits',
    png({ columns: 1, bits: 16, colour: 4, lines: [0, 1, 2, 255, 255] }),
    Uint16Array.of(258),
  ],
  ['a gamma of 1', png({ before: [pngChunk('gAMA', [0, 1, 0x86, 0xa0])] }), Uint8Array.of(10, 20)],
  ['four significant bits of eight', png({ before: [pngChunk('sBIT', [4])] }), Uint8Array.of(10, 20)],
  ['a see-through value that does not occur', png({ before: [pngChunk('tRNS', [0, 99])] }), Uint8Array.of(10, 20)],
  ['an animation of one picture', png({ before: [pngChunk('acTL', [0, 0, 0, 1, 0, 0, 0, 0])] }), Uint8Array.of(10, 20)],
  ['mirrored by its EXIF block', png({ before: [pngChunk('eXIf', exif(2))] }), Uint8Array.of(20, 10)],
  ['mirrored by an EXIF block behind its pixels', png({ after: [pngChunk('eXIf', exif(2))] }), Uint8Array.of(20, 10)],
  ['a damaged EXIF block', png({ before: [pngChunk('eXIf', [77, 77, 0])] }), Uint8Array.of(10, 20)],
  ['bytes behind its end', Buffer.concat([png({}), Buffer.alloc(9000)]), Uint8Array.of(10, 20)],
  ['TIFF', tiff([10, 20]), Uint8Array.of(10, 20)],
  [
    'TIFF with the high byte first',
    handMadeTiff({ strip: [1, 2, 255, 254], fields: { ...GREY_TIFF, 258: [16] }, little: false }),
    Uint16Array.of(258, 65534),
  ],
  ['white is zero: 255 less 10 and 20', tiff([10, 20], { 262: [0] }), Uint8Array.of(245, 235)],
  [
    'white is zero, 16 bits: 65535 less 10 and 20',
    tiff([10, 0, 20, 0], { 258: [16], 262: [0] }),
    Uint16Array.of(65525, 65515),
  ],
  ['white is zero, 1 bit', tiff([0b0100_0000], { 258: [1], 262: [0] }), Uint8Array.of(255, 0)],
  ['TIFF of 2 bits', tiff([0b00_01_10_11], { 256: [4], 258: [2] }), Uint8Array.of(0, 85, 170, 255)],
  ['TIFF of 4 bits', tiff([0x3f], { 258: [4] }), Uint8Array.of(51, 255)],
  [
    'grey with opaque alpha in a TIFF',
    tiff([10, 255, 20, 255], { 258: [8, 8], 277: [2], 338: [2] }),
    Uint8Array.of(10, 20),
  ],
  [
    'RGB of equal channels in a TIFF',
    tiff([1, 1, 1, 2, 2, 2], { 258: [8, 8, 8], 262: [2], 277: [3] }),
    Uint8Array.of(1, 2),
  ],
  ['upside down', tiff([10, 20], { 256: [1], 257: [2], 274: [4] }), Uint8Array.of(20, 10)],
  [
    'a tile of 16 x 16, of which 2 are seen',
    handMadeTiff({
      strip: [10, 20, ...Array.from({ length: 254 }, () => 0)],
      fields: { ...GREY_TIFF, 322: [16], 323: [16], 324: [8], 325: [256] },
      tiled: true,
    }),
    Uint8Array.of(10, 20),
  ],
]

describe('by hand', () => {
  it.each(byHand)('%s', async (name, file, stored) => {
    const image = await readImage(file, name)
    expect(image.stored).toEqual(stored)
    expect(image.bits).toBe(8 * stored.BYTES_PER_ELEMENT)
    expect(image.rows * image.columns).toBe(stored.length)
  })

  it('turned by 90 degrees: rows become columns', async () => {
    // stored 1 2 3 over 4 5 6; orientation 6 is shown after a quarter turn clockwise
    const file = tiff([1, 2, 3, 4, 5, 6], { 256: [3], 257: [2], 274: [6] })
    expect(await readImage(file, 'x.tif')).toEqual({
      format: 'tiff',
      rows: 3,
      columns: 2,
      bits: 8,
      stored: Uint8Array.of(4, 1, 5, 2, 6, 3),
    })
  })

  it('bytes that lie anywhere in a larger buffer', async () => {
    const file = png({ bits: 16, lines: [0, 1, 2, 3, 4] })
    const large = Buffer.concat([Buffer.alloc(3), file, Buffer.alloc(5)])
    const { stored } = await readImage(new Uint8Array(large.buffer, large.byteOffset + 3, file.length), 'x.png')
    expect(stored).toEqual(Uint16Array.of(258, 772))
  })
})

const jpeg = oracleFile('jpeg: baseline').bytes
const at = (bytes: Uint8Array, marker: number) => Buffer.from(bytes).indexOf(Uint8Array.of(0xff, marker))
/** The same JPEG with some bytes of a segment changed: `change` has the offset from the marker and the new value. */
const changed = (marker: number, change: Readonly<Record<number, number>>): Uint8Array => {
  const out = jpeg.slice()
  for (const [offset, value] of Object.entries(change)) out[at(jpeg, marker) + Number(offset)] = value
  return out
}
const text = (content: string) => Buffer.from(content.padEnd(200))
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"><image href="/etc/hostname"/></svg>'
/** A header for that many pixels around the compressed pixels of two. */
const promising = (rows: number, columns: number) => png({ rows, columns })
const damaged = (() => {
  const file = png({})
  file[file.length - 20]! ^= 1 // inside the compressed pixels
  return file
})()

describe('refusals name the file, the reason and a way on', () => {
  const cases: ReadonlyArray<readonly [name: string, file: Uint8Array, problem: ImageProblem, what: RegExp]> = [
    ['empty', new Uint8Array(), 'not-image', /the file is empty/],
    ['text', text('patientId,x,y'), 'not-image', /begins as neither/],
    ['SVG', text(SVG), 'not-image', /markup text/],
    ['SVG behind an XML head', text(`<?xml version="1.0"?>${SVG}`), 'not-image', /markup text/],
    ['GIF', text('GIF89a'), 'not-image', /it is a GIF/],
    ['WebP', text('RIFF\x10\0\0\0WEBPVP8 '), 'not-image', /it is a WebP/],
    ['PDF', text('%PDF-1.7'), 'not-image', /it is a PDF/],
    ['HEIF', text('\0\0\0\x18ftypheic'), 'not-image', /it is a HEIF/],
    ['DICOM', Buffer.concat([Buffer.alloc(128), text('DICM')]), 'not-image', /it is a DICOM file/],
    ['a few bytes', Uint8Array.of(0x89, 0x50), 'not-image', /begins as neither/],
    ['a signature alone', png({}).subarray(0, 8), 'truncated', /has 8 bytes/],
    ['cut in the header', png({}).subarray(0, 20), 'truncated', /has 20 bytes/],
    ['cut before the last chunk', png({}).subarray(0, -12), 'truncated', /last chunk is missing/],
    ['cut in the pixels', png({}).subarray(0, -18), 'truncated', /last chunk is missing/],
    ['damaged pixels', damaged, 'corrupt', /cannot be decoded/],
    ['too few rows', promising(3, 2), 'corrupt', /cannot be decoded/],
    ['a changed header', png({}).fill(9, 18, 19), 'corrupt', /no intact header/],
    ['no pixels', Buffer.concat([png({}).subarray(0, 33), pngChunk('IEND')]), 'corrupt', /holds no pixels/],
    ['no such depth', png({ bits: 4, colour: 2 }), 'corrupt', /4 bits in colour type 2/],
    ['no rows', promising(0, 2), 'corrupt', /0 x 2/],
    ['a bomb', promising(10_001, 10_000), 'too-large', /10001 x 10000/],
    ['RGB', png({ columns: 1, colour: 2, lines: [0, 5, 5, 6] }), 'colour', /differ, first at row 0, column 0/],
    [
      'colour in the second row',
      png({ rows: 2, columns: 1, colour: 2, lines: [0, 5, 5, 5, 0, 5, 6, 5] }),
      'colour',
      /differ, first at row 1, column 0/,
    ],
    [
      'a colour palette',
      png({ colour: 3, lines: [0, 0, 0], before: [pngChunk('PLTE', [9, 9, 8])] }),
      'colour',
      /differ/,
    ],
    ['see-through', png({ columns: 1, colour: 6, lines: [0, 5, 5, 5, 254] }), 'transparent', /not fully opaque/],
    ['a see-through grey', png({ before: [pngChunk('tRNS', [0, 20])] }), 'transparent', /row 0, column 1/],
    [
      'an animation',
      png({ before: [pngChunk('acTL', [0, 0, 0, 2, 0, 0, 0, 0])] }),
      'multi-frame',
      /animation of 2 pictures/,
    ],
    ['JPEG without an end', jpeg.subarray(0, -2), 'truncated', /end marker is missing/],
    ['JPEG cut in half', jpeg.subarray(0, jpeg.length >> 1), 'truncated', /end marker is missing|more follow/],
    ['JPEG cut in its header', jpeg.subarray(0, 30), 'truncated', /more follow/],
    ['JPEG, CMYK', changed(0xc0, { 9: 4 }), 'colour', /4 channels \(CMYK\)/],
    ['JPEG of 12 bits', changed(0xc0, { 4: 12 }), 'bits', /12 bits/],
    ['JPEG, lossless', changed(0xc0, { 1: 0xc3 }), 'not-image', /SOF3/],
    ['JPEG without rows', changed(0xc0, { 5: 0, 6: 0 }), 'corrupt', /0 x 40/],
    ['JPEG, no segment', changed(0xc0, { 0: 0 }), 'corrupt', /no sequence of segments/],
    ['JPEG, a bomb', changed(0xc0, { 5: 255, 6: 255, 7: 255, 8: 255 }), 'too-large', /65535 x 65535/],
    [
      'JPEG with a hole that ends well',
      Buffer.concat([jpeg.subarray(0, at(jpeg, 0xda) + 60), Uint8Array.of(0xff, 0xd9)]),
      'corrupt',
      /cannot be decoded/,
    ],
    ['TIFF of two pages', handMadeTiff({ strip: [1, 2], fields: GREY_TIFF, next: 8 }), 'multi-frame', /more than one/],
    ['TIFF of floats', tiff([0, 0, 0, 0], { 258: [32], 339: [3] }), 'bits', /floating-point/],
    ['TIFF with signs', tiff([0, 0], { 339: [2] }), 'bits', /have a sign/],
    ['TIFF of 12 bits', tiff([0, 0, 0], { 258: [12] }), 'bits', /12 bits/],
    ['TIFF of 32 bits', tiff([0, 0, 0, 0], { 258: [32] }), 'bits', /32 bits/],
    ['TIFF, CMYK', tiff([0, 0, 0, 0], { 258: [8, 8, 8, 8], 262: [5], 277: [4] }), 'colour', /colour kind 5/],
    ['TIFF in colour', tiff([1, 2, 3, 1, 2, 3], { 258: [8, 8, 8], 262: [2], 277: [3] }), 'colour', /differ/],
    ['TIFF, see-through', tiff([10, 255, 20, 9], { 258: [8, 8], 277: [2], 338: [2] }), 'transparent', /column 1/],
    ['TIFF, JPEG 2000', tiff([0, 0], { 259: [34712] }), 'not-image', /34712/],
    ['TIFF cut in its pixels', tiff([0, 0], { 279: [5000] }), 'truncated', /ends inside its pixels/],
    ['TIFF without lengths', tiff([0, 0], { 279: [1, 1] }), 'corrupt', /where its pixels end/],
    ['TIFF without a size', handMadeTiff({ strip: [1], fields: { 256: [1], 262: [1] } }), 'corrupt', /its size/],
    ['TIFF, a bomb', tiff([0, 0], { 256: [70_000], 257: [70_000] }), 'too-large', /70000 x 70000/],
    ['TIFF, an orientation that there is not', tiff([10, 20], { 274: [9] }), 'corrupt', /cannot be decoded/],
    ['TIFF, fewer bytes than pixels', tiff([1, 2], { 257: [40], 278: [40] }), 'corrupt', /cannot be decoded/],
  ]
  it.each(cases)('%s', async (_, bytes, problem, what) => {
    const error = await readImage(bytes, 'film-7.png').then(
      () => undefined,
      (e: unknown) => e,
    )
    expect(error).toBeInstanceOf(ImageError)
    expect(error).toMatchObject({ _tag: 'ImageError', file: 'film-7.png', problem })
    expect((error as ImageError).what).toMatch(what)
    expect((error as ImageError).message).toBe(
      `film-7.png: ${(error as ImageError).what}. ${(error as ImageError).recovery}`,
    )
  })
})

it('compressed pixels that swell beyond their header are cut, not kept', async () => {
  // 2 pixels by the header, 50 million bytes of zeros in the chunk
  const swelling = Buffer.concat([
    png({}).subarray(0, 33),
    pngChunk('IDAT', deflateSync(Buffer.alloc(50_000_000))),
    pngChunk('IEND'),
  ])
  expect((await readImage(swelling, 'x.png')).stored).toEqual(Uint8Array.of(0, 0))
})
