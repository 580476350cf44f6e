// The header of a PNG (third edition): the chunks before its pixels, and whether its last chunk is there. Gamma, colour
// profile and significant bits are passed over: what counts is what is stored. Used by readLayout.
import { crc32 } from 'node:zlib'
import { exifOrientation } from './exifOrientation.ts'
import { findLast } from './findLast.ts'
import { ImageError } from './ImageError.ts'
import type { ImageLayout } from './ImageLayout.ts'
import type { ImageSource } from './ImageSource.ts'
import type { Orientation } from './orient.ts'

const SIGNATURE = 8
const CHUNK = 12 // length, type and checksum around a chunk's data
const IHDR = 0x49484452
const ACTL = 0x6163544c
const TRNS = 0x74524e53
const EXIF = 0x65584966
const IDAT = 0x49444154
const IEND = 0x49454e44
const END = Buffer.from('0000000049454e44ae426082', 'hex')
const GREY = 0
/** Chunks ahead of the pixels: far more than any writer makes, so that a hostile file ends soon. */
const MOST_CHUNKS = 10_000

/** bits a sample by colour type: grey, RGB, palette, grey with alpha, RGB with alpha */
const DEPTHS: Readonly<Record<number, ReadonlyArray<number>>> = {
  [GREY]: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
}

/** An EXIF block may follow the pixels. One of more than 4 kB there is not found. */
const trailingOrientation = (source: ImageSource, from: number): Orientation => {
  const at = findLast(source, from, Buffer.from('eXIf'), [4096])
  if (at === undefined) return 1
  const length = source.read(at - 4, 4).getUint32(0)
  return at + 4 + length > source.size ? 1 : exifOrientation(source.read(at + 4, length))
}

/**
 * @param source begins with PNG's signature
 * @throws ImageError truncated, multi-frame (an animation) or corrupt
 */
export const pngLayout = (source: ImageSource): ImageLayout => {
  const corrupt = (what: string) => new ImageError(source.file, 'corrupt', what)
  const head = source.read(SIGNATURE, CHUNK + 13)
  const checked = new Uint8Array(head.buffer, head.byteOffset + 4, 17)
  if (head.getUint32(0) !== 13 || head.getUint32(4) !== IHDR || head.getUint32(21) !== crc32(checked)) {
    throw corrupt('its first chunk is no intact header')
  }
  const [depth, colour] = [head.getUint8(16), head.getUint8(17)]
  if (!DEPTHS[colour]?.includes(depth)) throw corrupt(`no PNG has ${depth} bits in colour type ${colour}`)

  let transparent = false
  let orientation: Orientation | undefined
  let at = SIGNATURE + CHUNK + 13
  for (let chunks = 0; ; chunks++) {
    if (chunks > MOST_CHUNKS) throw corrupt(`it has more than ${MOST_CHUNKS} chunks before its pixels`)
    const chunk = source.read(at, 8)
    const [length, type] = [chunk.getUint32(0), chunk.getUint32(4)]
    if (type === IDAT) break
    if (type === IEND) throw corrupt('it holds no pixels')
    if (type === TRNS) transparent = true
    if (type === EXIF) orientation = exifOrientation(source.read(at + 8, length))
    if (type === ACTL) {
      const frames = source.read(at + 8, 4).getUint32(0)
      if (frames > 1) throw new ImageError(source.file, 'multi-frame', `it is an animation of ${frames} pictures`)
    }
    at += CHUNK + length
  }
  const end = findLast(source, at, END)
  if (end === undefined) throw new ImageError(source.file, 'truncated', 'its last chunk is missing')
  return {
    format: 'png',
    rows: head.getUint32(12),
    columns: head.getUint32(8),
    bits: depth === 16 ? 16 : 8,
    channels: colour === GREY && !transparent ? 'one' : 'several',
    orientation: orientation ?? trailingOrientation(source, at),
  }
}
