// One DICOM film to its stored pixels and what is needed to show them. Equal to pydicom's `pixel_array` (oracle in
// tools/oracles/dataio_dicom.py). Used by the RSNA reader; `unitPixels` turns the result into [0, 1].
import { decodeJpegBaseline } from './decodeJpegBaseline.ts'
import { DicomError } from './DicomError.ts'
import { pixelExtent } from './pixelExtent.ts'
import type { Extent } from './pixelExtent.ts'
import { readDicomHeader } from './readDicomHeader.ts'
import type { DicomHeader } from './readDicomHeader.ts'

export interface DicomFilm extends DicomHeader {
  /**
   * [rows · columns], row-major, stored values: before rescale, window and inversion. Signed values of 8 bits come as
   * Int16Array too.
   */
  readonly stored: Uint8Array | Uint16Array | Int16Array
}

const joined = (bytes: Uint8Array, extents: ReadonlyArray<Extent>): Uint8Array => {
  const [only] = extents
  if (only && extents.length === 1) return bytes.subarray(only.offset, only.offset + only.length)
  const out = new Uint8Array(extents.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const { offset, length } of extents) {
    out.set(bytes.subarray(offset, offset + length), at)
    at += length
  }
  return out
}

/** Words of 8 or 16 bits, little endian, unused high bits cleared, sign of the stored bits extended. */
const wordsOf = (raw: Uint8Array, header: DicomHeader): DicomFilm['stored'] => {
  const count = header.rows * header.columns
  const { bitsAllocated, bitsStored, signed } = header
  const mask = 2 ** bitsStored - 1
  const word =
    bitsAllocated === 8 ? (i: number) => raw[i]! & mask : (i: number) => (raw[2 * i]! | (raw[2 * i + 1]! << 8)) & mask
  if (!signed) {
    const out = bitsAllocated === 8 ? new Uint8Array(count) : new Uint16Array(count)
    for (let i = 0; i < count; i++) out[i] = word(i)
    return out
  }
  const shift = 32 - bitsStored
  const out = new Int16Array(count)
  for (let i = 0; i < count; i++) out[i] = (word(i) << shift) >> shift
  return out
}

const decoded = async (jpeg: Uint8Array, header: DicomHeader, file: string): Promise<Uint8Array> => {
  const picture = await decodeJpegBaseline(jpeg).catch((cause: unknown) => {
    throw new DicomError(file, 'corrupt', 'its JPEG stream cannot be decoded', { cause })
  })
  if (picture.components !== 1) {
    throw new DicomError(file, 'colour', `its JPEG stream has ${picture.components} components`)
  }
  if (picture.height !== header.rows || picture.width !== header.columns) {
    throw new DicomError(
      file,
      'corrupt',
      `its header says ${header.rows} x ${header.columns}, its JPEG stream ${picture.height} x ${picture.width}`,
    )
  }
  return picture.samples
}

/**
 * Reads a film: Implicit or Explicit VR Little Endian, uncompressed in 8 or 16 bits, or JPEG baseline; one grey frame.
 * @param bytes the whole file
 * @param fileName for messages; nothing is opened
 * @throws DicomError for everything else, naming the file and how to recover
 */
export const readDicom = async (bytes: Uint8Array, fileName: string): Promise<DicomFilm> => {
  const header = readDicomHeader(bytes, fileName)
  const source = { size: bytes.length, read: (at: number, length: number) => bytes.subarray(at, at + length) }
  const raw = joined(bytes, pixelExtent(header, source, fileName))
  const words = header.syntax === 'jpeg-baseline' ? await decoded(raw, header, fileName) : raw
  return { ...header, stored: wordsOf(words, header) }
}
