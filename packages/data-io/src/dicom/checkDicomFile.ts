// Whether a file on disk can be read, without decoding its pixels: the header and the ends of its pixel data. Used by
// the checks of folders before any work.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { basename } from 'node:path'
import { DicomError } from './DicomError.ts'
import { inflateFilm } from './inflateDataSet.ts'
import { bytesSource, pixelExtent } from './pixelExtent.ts'
import { readDicomHeader } from './readDicomHeader.ts'
import type { DicomHeader } from './readDicomHeader.ts'

/** Longer than any header of RSNA's films (1 kB); a longer one costs more reads, each of 64 times as much. */
const PREFIX = 16 * 1024
const LONGEST_HEADER = 64 * 1024 * 1024
/** A deflated film is read whole: of 100 million pixels it has at most 200 million bytes. */
const LONGEST_DEFLATED = 256 * 1024 * 1024

/**
 * The header of a film, after checking that the file has all the pixel data that it promises. Reads about 16 kB; a
 * deflated file is read whole and inflated.
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
    if (header.syntax === 'deflated') {
      if (size > LONGEST_DEFLATED) throw new DicomError(name, 'too-large', `its deflated data has ${size} bytes`)
      pixelExtent(header, bytesSource(inflateFilm(read(0, size), header, name)), name)
    } else {
      pixelExtent(header, { size, read }, name)
    }
    return header
  } finally {
    closeSync(file)
  }
}

const headerOf = (read: (offset: number, length: number) => Uint8Array, size: number, name: string): DicomHeader => {
  for (let length = PREFIX; ; length *= 64) {
    try {
      return readDicomHeader(read(0, Math.min(length, size)), name)
    } catch (error) {
      // the prefix may have ended before the pixel data
      const cut = error instanceof DicomError && (error.problem === 'truncated' || error.problem === 'no-pixels')
      if (!cut || size <= length) throw error
      if (length >= LONGEST_HEADER) {
        throw new DicomError(name, 'too-large', `its header has more than ${LONGEST_HEADER} bytes`)
      }
    }
  }
}
