// Walks the top level of a DICOM data set up to its pixel data (PS3.5 section 7) and keeps where the values of the asked
// tags lie. Nested data is stepped over, not read: no recursion and nothing allocated per element, so that a lying length
// can neither loop nor fill memory, and each step goes forward by at least 8 bytes. Used by readDicomHeader.

export interface Encoding {
  readonly explicit: boolean
  readonly littleEndian: boolean
}

export interface Element {
  /** two letters; empty where the encoding has none */
  readonly vr: string
  /** of the value, in the bytes given */
  readonly offset: number
  /** in bytes; undefined where the data set says so */
  readonly length: number | undefined
}

export interface TopLevel {
  /** by tag; the last one where a tag is written twice. Values lie inside the bytes. */
  readonly found: ReadonlyMap<number, Element>
  /** Pixel Data (7FE0,0010), whose value may lie outside the bytes; undefined when the data set ends before it */
  readonly pixels: Element | undefined
  /** true where the bytes end inside an element or a sequence: there may be more */
  readonly cut: boolean
}

const PIXEL_DATA = 0x7fe00010
const UNDEFINED = 0xffffffff
const ITEM = 0xfffee000
const ITEM_END = 0xfffee00d
const SEQUENCE_END = 0xfffee0dd
/** Value representations with two spare bytes and a length of 32 bits. */
const LONG_VRS = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV'])

const isLetter = (byte: number): boolean => byte >= 0x41 && byte <= 0x5a

/** `OB` from two bytes that are capital letters; empty otherwise. */
const vrAt = (view: DataView, at: number): string => {
  const [a, b] = [view.getUint8(at), view.getUint8(at + 1)]
  return isLetter(a) && isLetter(b) ? String.fromCharCode(a, b) : ''
}

/**
 * @param from where the data set starts
 * @param encoding as the transfer syntax says; a first element that shows the other kind of VR is believed, as pydicom
 * does, and so is a single element without letters amid explicit ones
 */
export const topLevelElements = (
  bytes: Uint8Array,
  from: number,
  encoding: Encoding,
  wanted: ReadonlySet<number>,
): TopLevel => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const { littleEndian } = encoding
  const found = new Map<number, Element>()
  const explicit = from + 6 <= view.byteLength ? vrAt(view, from + 4) !== '' : encoding.explicit
  let depth = 0
  // inside an element of unknown VR and undefined length everything is implicit (PS3.5 section 6.2.2, note 4)
  let implicitFrom = Infinity
  let at = from
  while (at + 8 <= view.byteLength) {
    const tag = view.getUint16(at, littleEndian) * 0x10000 + view.getUint16(at + 2, littleEndian)
    const marker = tag === ITEM || tag === ITEM_END || tag === SEQUENCE_END
    const vr = explicit && depth < implicitFrom && !marker ? vrAt(view, at + 4) : ''
    const long = LONG_VRS.has(vr)
    const offset = at + (long ? 12 : 8)
    if (offset > view.byteLength) break
    const length =
      vr === '' || long ? view.getUint32(offset - 4, littleEndian) : view.getUint16(offset - 2, littleEndian)
    const open = length === UNDEFINED && (vr === '' || long)
    if (tag === PIXEL_DATA && depth === 0) {
      return { found, pixels: { vr, offset, length: open ? undefined : length }, cut: false }
    }
    const ends = tag === ITEM_END || tag === SEQUENCE_END
    at = open || ends ? offset : offset + length
    if (depth === 0 && wanted.has(tag) && at <= view.byteLength) {
      found.set(tag, { vr, offset, length: open ? undefined : length })
    }
    if (ends) {
      depth = Math.max(depth - 1, 0)
      if (depth < implicitFrom) implicitFrom = Infinity
    } else if (open) {
      depth++
      if (vr === 'UN') implicitFrom = Math.min(implicitFrom, depth)
    }
  }
  return { found, pixels: undefined, cut: at !== view.byteLength || depth > 0 }
}
