// Uncompressed TIFF files of one strip, field by field, for tests whose pixels are worked out by hand. An EXIF block is
// one without pixels.

const SHORT = 3
const LONG = 4

export interface HandMadeTiff {
  readonly strip: ReadonlyArray<number>
  /** values by tag: SHORT where all fit, else LONG; StripOffsets and StripByteCounts are added */
  readonly fields: Readonly<Record<number, ReadonlyArray<number>>>
  /** @default true */
  readonly little?: boolean
  /** offset of a next directory. @default 0 */
  readonly next?: number
  /** leaves StripOffsets and StripByteCounts out: `fields` says where the tiles are. @default false */
  readonly tiled?: boolean
}

export const handMadeTiff = ({ strip, fields, little = true, next = 0, tiled = false }: HandMadeTiff): Buffer => {
  const start = 8
  const pixels = strip.length === 0 || tiled ? {} : { 273: [start], 279: [strip.length] }
  const entries = Object.entries({ ...pixels, ...fields }).toSorted(([a], [b]) => Number(a) - Number(b))
  const directory = start + strip.length + (strip.length % 2)
  const out = new DataView(new ArrayBuffer(directory + 2 + 12 * entries.length + 4 + 4096))
  let free = directory + 2 + 12 * entries.length + 4

  out.setUint16(0, little ? 0x4949 : 0x4d4d)
  out.setUint16(2, 42, little)
  out.setUint32(4, directory, little)
  strip.forEach((byte, i) => out.setUint8(start + i, byte))
  out.setUint16(directory, entries.length, little)
  entries.forEach(([tag, values], i) => {
    const at = directory + 2 + 12 * i
    const type = Math.max(...values) < 2 ** 16 ? SHORT : LONG
    const size = type === SHORT ? 2 : 4
    out.setUint16(at, Number(tag), little)
    out.setUint16(at + 2, type, little)
    out.setUint32(at + 4, values.length, little)
    let to = at + 8
    if (size * values.length > 4) {
      out.setUint32(at + 8, free, little)
      to = free
      free += size * values.length
    }
    values.forEach((value, k) => {
      if (type === SHORT) out.setUint16(to + 2 * k, value, little)
      else out.setUint32(to + 4 * k, value, little)
    })
  })
  out.setUint32(directory + 2 + 12 * entries.length, next, little)
  return Buffer.from(out.buffer, 0, free)
}
