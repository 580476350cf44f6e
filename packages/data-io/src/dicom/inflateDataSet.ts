// The data set of a Deflated Explicit VR Little Endian file (PS3.5 section A.5), inflated by zlib within bounds: first as
// much as shows the header, then no more than the header promises. Deflate packs up to 1,032 bytes into one, so nothing
// is inflated without a limit. Used by the header reader, readDicom and checkDicomFile.
import { constants, inflateRawSync } from 'node:zlib'
import { checkCompression } from './filmLimits.ts'
import { DicomError } from './DicomError.ts'
import { fileMeta } from './fileMeta.ts'
import type { DicomHeader } from './readDicomHeader.ts'

/** What may follow the pixels: digital signatures, padding. */
const TRAILING = 2 ** 24

const inflated = (deflated: Uint8Array, most: number, whole: boolean, file: string): Uint8Array => {
  try {
    return inflateRawSync(deflated, {
      maxOutputLength: most,
      ...(!whole && { finishFlush: constants.Z_SYNC_FLUSH }),
    })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // the codes say all: zlib's messages are constants
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      throw new DicomError(file, 'too-large', `its deflated data holds more than ${most} bytes, far more than its film`)
    }
    if (code === 'Z_BUF_ERROR') throw new DicomError(file, 'truncated', 'the file ends inside its deflated data')
    throw new DicomError(file, 'corrupt', 'its deflated data cannot be inflated')
  }
}

/**
 * The start of the inflated data set.
 * @param bytes the file, or a prefix of it
 * @param most more inflated bytes than this are refused
 */
export const inflateStart = (bytes: Uint8Array, dataSet: number, most: number, file: string): Uint8Array =>
  inflated(bytes.subarray(dataSet), most, false, file)

/** @throws DicomError truncated, when the deflated data has no end */
export const checkDeflatedEnd = (bytes: Uint8Array, dataSet: number, most: number, file: string): void => {
  inflated(bytes.subarray(dataSet), most, true, file)
}

/**
 * The whole inflated data set of a film whose header was read.
 * @param bytes the whole file
 * @throws DicomError truncated, corrupt, or too-large where it holds far more than its film
 */
export const inflateFilm = (bytes: Uint8Array, header: DicomHeader, file: string): Uint8Array => {
  const deflated = bytes.subarray(fileMeta(bytes, file).dataSet)
  checkCompression(header.rows, header.columns, deflated.length, file)
  const pixels = (header.rows * header.columns * header.bitsAllocated) / 8
  return inflated(deflated, header.pixelOffset + pixels + TRAILING, true, file)
}
