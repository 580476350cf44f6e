// Whether a file on disk can be read, without reading its pixels: the header and the ends of its pixel data. Used by
// checkRsna over whole folders before any work.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { basename } from 'node:path'
import { DicomError } from './DicomError.ts'
import { pixelExtent } from './pixelExtent.ts'
import { readDicomHeader } from './readDicomHeader.ts'
import type { DicomHeader } from './readDicomHeader.ts'

/** Longer than any header of RSNA's films (1 kB); a longer one costs a second read. */
const PREFIX = 16 * 1024

/**
 * The header of a film, after checking that the file has all the pixel data that it promises. Reads about 16 kB.
 * @throws DicomError as `readDicom` would, except for what only decoding can show
 */
export const checkDicomFile = (path: string): DicomHeader => {
  const name = basename(path)
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const read = (offset: number, length: number): Uint8Array => {
      const bytes = new Uint8Array(length)
      return bytes.subarray(0, readSync(file, bytes, 0, length, offset))
    }
    const header = headerOf(read, size, name)
    pixelExtent(header, { size, read }, name)
    return header
  } finally {
    closeSync(file)
  }
}

const headerOf = (read: (offset: number, length: number) => Uint8Array, size: number, name: string): DicomHeader => {
  try {
    return readDicomHeader(read(0, Math.min(PREFIX, size)), name)
  } catch (error) {
    // the prefix may have ended before the pixel data
    const cut = error instanceof DicomError && (error.problem === 'truncated' || error.problem === 'no-pixels')
    if (!cut || size <= PREFIX) throw error
    return readDicomHeader(read(0, size), name)
  }
}
