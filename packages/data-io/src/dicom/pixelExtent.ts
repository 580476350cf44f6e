// Where the pixel bytes of one film lie, and whether the file has them all. Reads a few bytes at a time, so the check
// before a run needs no pixels in memory. Used by readDicom (on bytes) and checkDicomFile (on a file).
import { DicomError } from './DicomError.ts'
import { checkCompression } from './filmLimits.ts'
import type { DicomHeader } from './readDicomHeader.ts'

export interface ByteSource {
  readonly size: number
  /** `length` bytes from `offset`, which lie inside the source */
  readonly read: (offset: number, length: number) => Uint8Array
}

export const bytesSource = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read: (at, length) => bytes.subarray(at, at + length),
})

export interface Extent {
  readonly offset: number
  readonly length: number
}

const ITEM = 0xe000
const SEQUENCE_END = 0xe0dd

/** One film in more pieces than this is no film: encoders write one, or pieces of 16 kB and more. */
const MAX_FRAGMENTS = 2 ** 16

/** Items of encapsulated pixel data (PS3.5 annex A.4) after the offset table, up to the sequence delimiter. */
const fragments = (header: DicomHeader, source: ByteSource, file: string): ReadonlyArray<Extent> => {
  const found: Extent[] = []
  let at = header.pixelOffset
  for (let index = 0; index <= MAX_FRAGMENTS; index++) {
    if (at + 8 > source.size) throw new DicomError(file, 'truncated', 'the file ends inside its compressed pixels')
    const head = source.read(at, 8)
    const view = new DataView(head.buffer, head.byteOffset, 8)
    const element = view.getUint16(2, true)
    const length = view.getUint32(4, true)
    if (view.getUint16(0, true) !== 0xfffe || (element !== ITEM && element !== SEQUENCE_END)) {
      throw new DicomError(file, 'corrupt', 'its compressed pixels are not a sequence of items')
    }
    if (element === SEQUENCE_END) return found
    if (at + 8 + length > source.size) {
      throw new DicomError(file, 'truncated', 'the file ends inside its compressed pixels')
    }
    if (index > 0) found.push({ offset: at + 8, length })
    at += 8 + length
  }
  throw new DicomError(file, 'corrupt', `its compressed pixels are in more than ${MAX_FRAGMENTS} pieces`)
}

/** True when the last bytes of a JPEG stream, padding aside, are its end marker FFD9. */
const endsAsJpeg = (tail: Uint8Array): boolean => {
  let end = tail.length
  while (end > 2 && tail[end - 1] !== 0xd9) end--
  return tail[end - 2] === 0xff && tail[end - 1] === 0xd9
}

/** Where bytes are swapped in pairs, the last pixel may be the first of a pair. */
const wantedBytes = ({ rows, columns, bitsAllocated, bytesSwapped }: DicomHeader): number => {
  const bytes = (rows * columns * bitsAllocated) / 8
  return bytesSwapped ? bytes + (bytes % 2) : bytes
}

const plain = (header: DicomHeader, pixelLength: number, source: ByteSource, file: string): Extent => {
  const wanted = wantedBytes(header)
  if (pixelLength < wanted) {
    throw new DicomError(
      file,
      'corrupt',
      `its pixel data has ${pixelLength} bytes, a film of ${header.rows} x ${header.columns} needs ${wanted}`,
    )
  }
  if (header.pixelOffset + wanted > source.size) {
    const there = Math.max(source.size - header.pixelOffset, 0)
    throw new DicomError(file, 'truncated', `the file ends after ${there} of ${wanted} bytes of pixel data`)
  }
  return { offset: header.pixelOffset, length: wanted }
}

/**
 * The extents that hold the film's pixels: one when uncompressed, one a fragment when compressed.
 * @param source the file, or its inflated data set where the syntax is deflated
 * @throws DicomError truncated or corrupt, when the file has fewer bytes than its header promises; too-large, when it
 * has far too few compressed bytes for a very large film
 */
export const pixelExtent = (header: DicomHeader, source: ByteSource, file: string): ReadonlyArray<Extent> => {
  if (header.pixelLength !== undefined) return [plain(header, header.pixelLength, source, file)]
  const items = fragments(header, source, file)
  const last = items.at(-1)
  const bytes = items.reduce((sum, { length }) => sum + length, 0)
  if (!last || bytes < 2) throw new DicomError(file, 'corrupt', 'its compressed pixels are empty')
  checkCompression(header.rows, header.columns, bytes, file)
  // RLE has no end marker, and a JPEG 2000 stream may lack it
  if (header.syntax.startsWith('jpeg') && header.syntax !== 'jpeg-2000') {
    const tail = Math.min(last.length, 16)
    if (!endsAsJpeg(source.read(last.offset + last.length - tail, tail))) {
      throw new DicomError(file, 'truncated', 'its JPEG stream has no end marker')
    }
  }
  return items
}
