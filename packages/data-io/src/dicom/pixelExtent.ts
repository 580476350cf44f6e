// Where the pixel bytes of one film lie, and whether the file has them all. Reads a few bytes at a time, so the check
// before a run needs no pixels in memory. Used by readDicom (on bytes) and checkDicomFile (on a file).
import { DicomError } from './DicomError.ts'
import type { DicomHeader } from './readDicomHeader.ts'

export interface ByteSource {
  readonly size: number
  /** `length` bytes from `offset`, which lie inside the source */
  readonly read: (offset: number, length: number) => Uint8Array
}

export interface Extent {
  readonly offset: number
  readonly length: number
}

const ITEM = 0xe000
const SEQUENCE_END = 0xe0dd

/** Items of encapsulated pixel data (PS3.5 annex A.4) after the offset table, up to the sequence delimiter. */
const fragments = (header: DicomHeader, source: ByteSource, file: string): ReadonlyArray<Extent> => {
  const found: Extent[] = []
  let at = header.pixelOffset
  for (let index = 0; ; index++) {
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
}

/** True when the last bytes of a JPEG stream, padding aside, are its end marker FFD9. */
const endsAsJpeg = (tail: Uint8Array): boolean => {
  let end = tail.length
  while (end > 2 && tail[end - 1] !== 0xd9) end--
  return tail[end - 2] === 0xff && tail[end - 1] === 0xd9
}

/**
 * The extents that hold the film's pixels: one when uncompressed, one a fragment when JPEG.
 * @throws DicomError truncated or corrupt, when the file has fewer bytes than its header promises
 */
export const pixelExtent = (header: DicomHeader, source: ByteSource, file: string): ReadonlyArray<Extent> => {
  if (header.pixelLength !== undefined) {
    const wanted = (header.rows * header.columns * header.bitsAllocated) / 8
    if (header.pixelLength < wanted) {
      throw new DicomError(
        file,
        'corrupt',
        `its pixel data has ${header.pixelLength} bytes, a film of ${header.rows} x ${header.columns} needs ${wanted}`,
      )
    }
    if (header.pixelOffset + wanted > source.size) {
      const there = Math.max(source.size - header.pixelOffset, 0)
      throw new DicomError(file, 'truncated', `the file ends after ${there} of ${wanted} bytes of pixel data`)
    }
    return [{ offset: header.pixelOffset, length: wanted }]
  }
  const items = fragments(header, source, file)
  const last = items.at(-1)
  if (!last || last.length < 2) throw new DicomError(file, 'corrupt', 'its compressed pixels are empty')
  const tail = Math.min(last.length, 16)
  if (!endsAsJpeg(source.read(last.offset + last.length - tail, tail))) {
    throw new DicomError(file, 'truncated', 'its JPEG stream has no end marker')
  }
  return items
}
