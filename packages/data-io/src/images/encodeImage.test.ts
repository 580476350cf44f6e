import { inflateSync } from 'node:zlib'
import { expect, it } from '@jest/globals'
import { rng } from '@radiograft/random'
import { encodeImage } from './encodeImage.ts'
import type { ImageToWrite } from './encodeImage.ts'
import { ImageError } from './ImageError.ts'
import { readImage } from './readImage.ts'

const [rows, columns] = [37, 23]
const eight = Uint8Array.from(rng('eight bits').ints(rows * columns, 0, 256))
const sixteen = Uint16Array.from(rng('sixteen bits').ints(rows * columns, 0, 65536))

it.each([
  ['png', 8, eight],
  ['png', 16, sixteen],
  ['tiff', 8, eight],
  ['tiff', 16, sixteen],
] as const)('%s of %i bits comes back bit for bit', async (format, bits, stored) => {
  const bytes = await encodeImage({ format, rows, columns, stored })
  expect(await readImage(bytes, 'x')).toEqual({ format, rows, columns, bits, stored })
})

it('every value of 16 bits survives', async () => {
  const stored = Uint16Array.from({ length: 65536 }, (_, i) => i)
  for (const format of ['png', 'tiff'] as const) {
    const image = await readImage(await encodeImage({ format, rows: 256, columns: 256, stored }), 'x')
    expect(Buffer.from(image.stored.buffer).equals(Buffer.from(stored.buffer))).toBe(true)
  }
})

it('one pixel, one row, one column', async () => {
  for (const [rows, columns] of [
    [1, 1],
    [1, 5],
    [5, 1],
  ] as const) {
    const stored = Uint16Array.from({ length: rows * columns }, (_, i) => 1000 * i + 3)
    const image = await readImage(await encodeImage({ format: 'png', rows, columns, stored }), 'x')
    expect(image).toEqual({ format: 'png', rows, columns, bits: 16, stored })
  }
})

it('the PNG has one grey channel of 16 bits, the high byte first', async () => {
  const png = Buffer.from(await encodeImage({ format: 'png', rows: 1, columns: 1, stored: Uint16Array.of(0x1234) }))
  expect([png[24], png[25]]).toEqual([16, 0]) // bits, colour type grey
  const at = png.indexOf('IDAT')
  const line = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)))
  expect(Array.from(line.subarray(1))).toEqual([0x12, 0x34]) // any filter leaves a single pixel as it is
})

it('JPEG: one channel, close to what was written, closer with more quality', async () => {
  const stored = Uint8Array.from({ length: rows * columns }, (_, i) => 60 + 4 * (i % columns) + Math.floor(i / columns))
  const worst = async (quality?: number) => {
    const bytes = await encodeImage({ format: 'jpeg', rows, columns, stored }, quality ? { quality } : {})
    const image = await readImage(bytes, 'x')
    expect([image.format, image.bits, image.rows, image.columns]).toEqual(['jpeg', 8, rows, columns])
    expect(bytes[Buffer.from(bytes).indexOf(Uint8Array.of(0xff, 0xc0)) + 9]).toBe(1)
    return stored.reduce((most, value, i) => Math.max(most, Math.abs(value - image.stored[i]!)), 0)
  }
  expect(await worst()).toBeLessThanOrEqual(2)
  expect(await worst(10)).toBeGreaterThan(3)
})

it.each(['png', 'tiff', 'jpeg'] as const)(
  '%s: the same pixels give the same bytes, also side by side',
  async (format) => {
    const all = await Promise.all(
      Array.from({ length: 8 }, () => encodeImage({ format, rows, columns, stored: eight })),
    )
    for (const bytes of all) expect(Buffer.from(bytes).equals(Buffer.from(all[0]!))).toBe(true)
  },
)

it('pixels of a view into a larger array are those of the view', async () => {
  const stored = sixteen.subarray(3, 3 + 10)
  const image = await readImage(await encodeImage({ format: 'png', rows: 2, columns: 5, stored }), 'x')
  expect(Array.from(image.stored)).toEqual(Array.from(stored))
})

it.each<readonly [name: string, image: ImageToWrite, problem: string, what: RegExp]>([
  [
    'too few values',
    { format: 'png', rows: 2, columns: 2, stored: eight.subarray(0, 3) },
    'corrupt',
    /3 values .* 2 x 2/,
  ],
  ['no rows', { format: 'png', rows: 0, columns: 2, stored: new Uint8Array() }, 'corrupt', /0 x 2/],
  ['half a row', { format: 'png', rows: 0.5, columns: 2, stored: Uint8Array.of(1) }, 'corrupt', /0.5 x 2/],
  ['16 bits as JPEG', { format: 'jpeg', rows, columns, stored: sixteen }, 'bits', /8 bits, these pixels have 16/],
  ['a long JPEG', { format: 'jpeg', rows: 1, columns: 65501, stored: new Uint8Array(65501) }, 'too-large', /1 x 65501/],
])('refuses %s by name', async (_, image, problem, what) => {
  const error: unknown = await encodeImage(image, { file: 'p1.png' }).catch((e: unknown) => e)
  expect(error).toBeInstanceOf(ImageError)
  expect(error).toMatchObject({ file: 'p1.png', problem })
  expect((error as ImageError).what).toMatch(what)
})
