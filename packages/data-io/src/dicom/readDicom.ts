// One DICOM film to its stored pixels and what is needed to show them. Equal to pydicom's `pixel_array` (oracle in
// tools/oracles/dataio_dicom.py). Used by the readers of folders; `unitPixels` turns the result into [0, 1].
import { bytesToWords } from './bytesToWords.ts'
import { decodeStream } from './decodeStream.ts'
import { inflateFilm } from './inflateDataSet.ts'
import { bytesSource, pixelExtent } from './pixelExtent.ts'
import type { Extent } from './pixelExtent.ts'
import { readDicomHeader } from './readDicomHeader.ts'
import type { DicomHeader } from './readDicomHeader.ts'
import { storedSamples, storedWords } from './storedPixels.ts'
import { isEncapsulated } from './transferSyntaxes.ts'

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

/** Each two bytes the other way round. */
const swapped = (bytes: Uint8Array): Uint8Array => bytes.map((_, i) => bytes[i ^ 1]!)

/** Uncompressed bytes as words of the bits allocated. */
const plainWords = (raw: Uint8Array, header: DicomHeader): Uint8Array | Uint16Array =>
  bytesToWords(
    (header.bytesSwapped ? swapped(raw) : raw).subarray(0, (header.rows * header.columns * header.bitsAllocated) / 8),
    header.rows * header.columns,
    header.bitsAllocated,
  )

/**
 * Reads a film: one grey frame of 8 or 16 bits allocated, uncompressed (Implicit VR, Explicit VR little and big endian,
 * deflated) or in RLE, JPEG baseline (8 bits), JPEG lossless, JPEG-LS or JPEG 2000.
 * @param bytes the whole file
 * @param fileName for messages; nothing is opened
 * @throws DicomError for everything else, naming the file and how to recover
 */
export const readDicom = async (bytes: Uint8Array, fileName: string): Promise<DicomFilm> => {
  const header = readDicomHeader(bytes, fileName)
  const data = header.syntax === 'deflated' ? inflateFilm(bytes, header, fileName) : bytes
  const raw = joined(data, pixelExtent(header, bytesSource(data), fileName))
  if (!isEncapsulated(header.syntax)) return { ...header, stored: storedWords(plainWords(raw, header), header) }
  const samples = await decodeStream(raw, header, fileName)
  const stored = header.syntax === 'rle' ? storedWords(samples.words, header) : storedSamples(samples, header, fileName)
  return { ...header, stored }
}
