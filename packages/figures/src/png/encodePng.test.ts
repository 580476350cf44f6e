import { crc32, inflateSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import fixture from '../fixtures/png.json' with { type: 'json' }
import { encodePng } from './encodePng.ts'
import { greySheet } from './greySheet.ts'

interface Decoded {
  readonly width: number
  readonly height: number
  readonly channels: number
  readonly filters: ReadonlyArray<number>
  readonly pixels: ReadonlyArray<number>
}

/** What filter `type` expects from the bytes at the left, above, and above left: section 9 of the specification. */
const predict = (type: number, a: number, b: number, c: number): number => {
  const p = a + b - c
  const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)]
  const nearest = pa <= pb && pa <= pc ? a : pb <= pc ? b : c
  return [0, a, b, (a + b) >> 1, nearest][type]!
}

/** A decoder written from the specification for these tests: 8 bits, grey or RGB, checksums checked. */
const decode = (bytes: Uint8Array): Decoded => {
  expect(Buffer.from(bytes.subarray(0, 8)).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const chunks = new Map<string, Uint8Array>()
  for (let at = 8; at < bytes.length;) {
    const length = view.getUint32(at)
    expect(view.getUint32(at + 8 + length)).toBe(crc32(bytes.subarray(at + 4, at + 8 + length)))
    chunks.set(Buffer.from(bytes.subarray(at + 4, at + 8)).toString('latin1'), bytes.subarray(at + 8, at + 8 + length))
    at += 12 + length
  }
  expect([...chunks.keys()]).toEqual(['IHDR', 'IDAT', 'IEND'])
  const header = Buffer.from(chunks.get('IHDR')!)
  const [width, height, channels] = [header.readUInt32BE(0), header.readUInt32BE(4), header[9] === 2 ? 3 : 1]
  expect([...header.subarray(8)]).toEqual([8, channels === 3 ? 2 : 0, 0, 0, 0])
  const data = inflateSync(chunks.get('IDAT')!)
  const stride = width * channels
  const filters: number[] = []
  const rows: number[][] = []
  for (let r = 0; r < height; r++) {
    const type = data[r * (stride + 1)]!
    const row: number[] = []
    for (let i = 0; i < stride; i++) {
      const a = row[i - channels] ?? 0
      const b = rows[r - 1]?.[i] ?? 0
      const c = rows[r - 1]?.[i - channels] ?? 0
      row.push((data[r * (stride + 1) + 1 + i]! + predict(type, a, b, c)) & 0xff)
    }
    filters.push(type)
    rows.push(row)
  }
  return { width, height, channels, filters, pixels: rows.flat() }
}

const noise = (n: number): Uint8Array => {
  let state = 1
  return Uint8Array.from({ length: n }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state >>> 24
  })
}

describe('encodePng', () => {
  it.each([
    ['grey', 5, 3, 1],
    ['RGB', 4, 6, 3],
    ['one pixel', 1, 1, 1],
  ])('%s comes back by a decoder written from the specification', (_, width, height, channels) => {
    const pixels = noise(width * height * channels)
    expect(decode(encodePng({ width, height, pixels }))).toMatchObject({ width, height, channels, pixels: [...pixels] })
  })

  it('chooses filters: smooth pictures get predicted, and shrink', () => {
    const pixels = Uint8Array.from({ length: 64 * 64 }, (_, i) => (2 * (i % 64) + 3 * Math.floor(i / 64)) % 256)
    const bytes = encodePng({ width: 64, height: 64, pixels })
    const { filters, pixels: back } = decode(bytes)
    expect(back).toEqual([...pixels])
    expect(filters.every((type) => type > 0)).toBe(true)
    expect(bytes.length).toBeLessThan(300)
  })

  it.each([1, 3])('uses all five filters where each fits, with %i channels', (channels) => {
    // each second row is what one filter predicts from the row of noise above it, plus 0, 1 or 2
    const [width, height] = [40, 20]
    const stride = width * channels
    const pixels = noise(stride * height)
    for (let at = 0; at < pixels.length; at++) {
      const row = Math.floor(at / stride)
      if (row % 2 === 0) continue
      const inRow = at % stride >= channels
      const left = inRow ? pixels[at - channels]! : 0
      const upLeft = inRow ? pixels[at - stride - channels]! : 0
      pixels[at] = predict(Math.floor(row / 2) % 5, left, pixels[at - stride]!, upLeft) + ((at * at) % 3)
    }
    const { filters, pixels: back } = decode(encodePng({ width, height, pixels }))
    expect(back).toEqual([...pixels])
    expect(new Set(filters)).toEqual(new Set([0, 1, 2, 3, 4]))
  })

  it('gives equal bytes for equal pixels', () => {
    const picture = { width: 16, height: 16, pixels: noise(256) }
    expect(encodePng(picture)).toEqual(encodePng({ ...picture, pixels: picture.pixels.slice() }))
  })

  it.each(fixture.pictures)('$mode: Pillow read our bytes as these pixels', ({ png, width, height, pixels }) => {
    const bytes = Uint8Array.from(Buffer.from(png, 'base64'))
    // the fixture holds bytes that this encoder made and Pillow's reading of them; the encoder must still say the same
    const ours = decode(encodePng({ width, height, pixels: Uint8Array.from(pixels) }))
    expect(ours).toEqual(decode(bytes))
    expect(ours.pixels).toEqual(pixels)
  })

  it('refuses pixels that fill no such picture', () => {
    expect(() => encodePng({ width: 4, height: 4, pixels: new Uint8Array(15) })).toThrow('neither grey nor RGB')
    expect(() => encodePng({ width: 0, height: 4, pixels: new Uint8Array(0) })).toThrow('has no pixels')
  })
})

const film = (value: number, height = 2, width = 2) => ({
  pixels: new Float32Array(height * width).fill(value),
  height,
  width,
})

describe('greySheet', () => {
  it('lays films out in reading order on white', () => {
    const { width, height, pixels } = decode(greySheet([film(0), film(0.2), film(0.4, 1, 2)], 2, 1))
    const W = 255
    expect([width, height]).toEqual([7, 7])
    expect(pixels).toEqual(
      [
        [W, W, W, W, W, W, W],
        [W, 0, 0, W, 51, 51, W],
        [W, 0, 0, W, 51, 51, W],
        [W, W, W, W, W, W, W],
        [W, 102, 102, W, W, W, W],
        [W, W, W, W, W, W, W],
        [W, W, W, W, W, W, W],
      ].flat(),
    )
  })

  it('shows values beyond the range as black and white, and refuses NaN', () => {
    expect(decode(greySheet([film(-3), film(7)], 2, 0)).pixels).toEqual([0, 0, 255, 255, 0, 0, 255, 255])
    expect(() => greySheet([film(NaN)], 1)).toThrow('pixel 0 of a 2 x 2 film is NaN')
    expect(() => greySheet([], 1)).toThrow('no films')
    expect(() => greySheet([{ ...film(0), width: 3 }], 1)).toThrow('4 pixels are no film of 2 x 3')
  })
})
