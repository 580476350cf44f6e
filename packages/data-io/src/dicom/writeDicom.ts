// A film as a small DICOM file: Secondary Capture, one grey frame, Explicit or Implicit VR Little Endian. Used to write
// the phantom in RSNA's layout and by tests, which need files that no one has to download. pydicom reads what it writes
// (oracle in tools/oracles/dataio_dicom.py).
import { hashString } from '@radiograft/random'

export interface FilmToWrite {
  /** becomes patient ID and, hashed, the instance UID */
  readonly id: string
  readonly rows: number
  readonly columns: number
  /** [rows · columns], row-major stored values, or the value of Pixel Data when `encapsulated` says how */
  readonly stored: Uint8Array | Uint16Array | Int16Array
  /** @default all bits of the array's type */
  readonly bitsStored?: number
  /** @default 'MONOCHROME2' */
  readonly photometric?: string
  readonly slope?: number
  readonly intercept?: number
  readonly window?: { readonly centre: number; readonly width: number; readonly shape?: string }
  readonly view?: string
  readonly sex?: string
  readonly age?: string
  /** @default 'explicit' */
  readonly syntax?: 'explicit' | 'implicit'
  /** compressed pixels: their transfer syntax and fragments; `stored` is then left out of the file */
  readonly encapsulated?: { readonly uid: string; readonly fragments: ReadonlyArray<Uint8Array> }
  /** @default 1 */
  readonly samples?: number
  /** @default 1, and then not written */
  readonly frames?: number
  /** what the UIDs are hashed from. @default id */
  readonly uidSource?: string
  /** further attributes, and others in place of those written here, by tag; not of group 0002, nor Pixel Data */
  readonly attributes?: ReadonlyArray<Element>
}

type Vr = 'CS' | 'DS' | 'IS' | 'LO' | 'SH' | 'ST' | 'LT' | 'UI' | 'US' | 'UL' | 'AS' | 'OB' | 'OW' | 'PN' | 'DA' | 'TM'
export type Element = readonly [tag: number, vr: Vr, value: string | number | Uint8Array]

const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7'
const UNDEFINED_LENGTH = 0xffffffff
const ascii = new TextEncoder()

const valueBytes = (vr: Vr, value: Element[2]): Uint8Array => {
  if (typeof value === 'number' && (vr === 'US' || vr === 'UL')) {
    return vr === 'US' ? new Uint8Array(Uint16Array.of(value).buffer) : new Uint8Array(Uint32Array.of(value).buffer)
  }
  const bytes = value instanceof Uint8Array ? value : ascii.encode(String(value))
  if (bytes.length % 2 === 0) return bytes
  const even = new Uint8Array(bytes.length + 1)
  even.set(bytes)
  even[bytes.length] = vr === 'UI' || value instanceof Uint8Array ? 0 : 0x20
  return even
}

const head = (tag: number, vr: Vr, length: number, explicit: boolean): Uint8Array => {
  const long = vr === 'OB' || vr === 'OW'
  const out = new DataView(new ArrayBuffer(explicit && long ? 12 : 8))
  out.setUint16(0, tag >>> 16, true)
  out.setUint16(2, tag & 0xffff, true)
  if (!explicit) out.setUint32(4, length, true)
  else {
    out.setUint8(4, vr.charCodeAt(0))
    out.setUint8(5, vr.charCodeAt(1))
    if (long) out.setUint32(8, length, true)
    else out.setUint16(6, length, true)
  }
  return new Uint8Array(out.buffer)
}

const encode = (elements: ReadonlyArray<Element>, explicit: boolean): ReadonlyArray<Uint8Array> =>
  elements.flatMap(([tag, vr, value]) => {
    const bytes = valueBytes(vr, value)
    return [head(tag, vr, bytes.length, explicit), bytes]
  })

const item = (element: number, bytes: Uint8Array): ReadonlyArray<Uint8Array> => {
  const even = valueBytes('OB', bytes)
  const out = new DataView(new ArrayBuffer(8))
  out.setUint16(0, 0xfffe, true)
  out.setUint16(2, element, true)
  out.setUint32(4, even.length, true)
  return [new Uint8Array(out.buffer), even]
}

const concat = (parts: ReadonlyArray<Uint8Array>): Uint8Array => {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

const pixelData = (film: FilmToWrite, explicit: boolean): ReadonlyArray<Uint8Array> => {
  if (film.encapsulated) {
    return [
      head(0x7fe00010, 'OB', UNDEFINED_LENGTH, true),
      ...item(0xe000, new Uint8Array()),
      ...film.encapsulated.fragments.flatMap((fragment) => item(0xe000, fragment)),
      ...item(0xe0dd, new Uint8Array()),
    ]
  }
  const { buffer, byteOffset, byteLength } = film.stored
  const vr = film.stored instanceof Uint8Array ? 'OB' : 'OW'
  return encode([[0x7fe00010, vr, new Uint8Array(buffer, byteOffset, byteLength)]], explicit)
}

/** A UID under 2.25 (PS3.5 annex B.2) that depends on the id alone. */
const uidOf = (id: string): string =>
  `2.25.${[0, 1, 2, 3].reduce((sum, seed) => sum * 2n ** 32n + BigInt(hashString(id, seed)), 0n)}`

const optional = (tag: number, vr: Vr, value: string | number | undefined): ReadonlyArray<Element> =>
  value === undefined ? [] : [[tag, vr, value]]

/** The bytes of a DICOM Part 10 file. Stored values are written as they are, little endian (as every machine here is). */
export const writeDicom = (film: FilmToWrite): Uint8Array => {
  const explicit = film.syntax !== 'implicit'
  const bits = film.stored instanceof Uint8Array ? 8 : 16
  const bitsStored = film.bitsStored ?? bits
  const uid = uidOf(film.uidSource ?? film.id)
  const meta = concat(
    encode(
      [
        [0x00020001, 'OB', Uint8Array.of(0, 1)],
        [0x00020002, 'UI', SECONDARY_CAPTURE],
        [0x00020003, 'UI', uid],
        [0x00020010, 'UI', film.encapsulated?.uid ?? (explicit ? '1.2.840.10008.1.2.1' : '1.2.840.10008.1.2')],
        [0x00020012, 'UI', '2.25.267163441107'],
      ],
      true,
    ),
  )
  const own: ReadonlyArray<Element> = [
    [0x00080016, 'UI', SECONDARY_CAPTURE],
    [0x00080018, 'UI', uid],
    [0x00080060, 'CS', 'CR'],
    [0x00080064, 'CS', 'WSD'],
    [0x00100010, 'PN', film.id],
    [0x00100020, 'LO', film.id],
    ...optional(0x00100040, 'CS', film.sex),
    ...optional(0x00101010, 'AS', film.age),
    [0x00180015, 'CS', 'CHEST'],
    ...optional(0x00185101, 'CS', film.view),
    [0x0020000d, 'UI', `${uid}.1`],
    [0x0020000e, 'UI', `${uid}.2`],
    [0x00280002, 'US', film.samples ?? 1],
    [0x00280004, 'CS', film.photometric ?? 'MONOCHROME2'],
    ...optional(0x00280008, 'IS', film.frames),
    [0x00280010, 'US', film.rows],
    [0x00280011, 'US', film.columns],
    [0x00280100, 'US', bits],
    [0x00280101, 'US', bitsStored],
    [0x00280102, 'US', bitsStored - 1],
    [0x00280103, 'US', film.stored instanceof Int16Array ? 1 : 0],
    ...optional(0x00281050, 'DS', film.window?.centre),
    ...optional(0x00281051, 'DS', film.window?.width),
    ...optional(0x00281052, 'DS', film.intercept),
    ...optional(0x00281053, 'DS', film.slope),
    ...optional(0x00281056, 'CS', film.window?.shape),
  ]
  const { attributes = [] } = film
  const data = [...own.filter(([tag]) => !attributes.some(([other]) => other === tag)), ...attributes].toSorted(
    ([a], [b]) => a - b,
  )
  const preamble = new Uint8Array(132)
  preamble.set(ascii.encode('DICM'), 128)
  return concat([
    preamble,
    ...encode([[0x00020000, 'UL', meta.length]], true),
    meta,
    ...encode(data, explicit),
    ...pixelData(film, explicit),
  ])
}
