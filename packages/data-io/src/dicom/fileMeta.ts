// The start of a DICOM file: preamble, "DICM", and the meta group, which is Explicit VR Little Endian in every file
// (PS3.10 section 7.1). Used by the header reader and by what inflates.
import { DicomError } from './DicomError.ts'

export interface FileMeta {
  /** Transfer Syntax UID (0002,0010) as written, spaces and zero bytes around it left out */
  readonly syntaxUid: string
  /** where the data set starts in the file */
  readonly dataSet: number
}

const LONG_VRS = new Set(['OB', 'OW', 'SQ', 'UN', 'UT', 'OF', 'OD', 'OL', 'OV', 'UC', 'UR'])
const latin1 = new TextDecoder('latin1')

/** @throws DicomError not-dicom; truncated, when the bytes end inside the meta group; corrupt, when it names no syntax */
export const fileMeta = (bytes: Uint8Array, file: string): FileMeta => {
  if (bytes.length < 132 || latin1.decode(bytes.subarray(128, 132)) !== 'DICM') {
    throw new DicomError(file, 'not-dicom', bytes.length === 0 ? 'the file is empty' : 'not a DICOM file')
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let syntaxUid: string | undefined
  let at = 132
  while (at + 8 <= bytes.length && view.getUint16(at, true) === 0x0002) {
    const element = view.getUint16(at + 2, true)
    const long = LONG_VRS.has(latin1.decode(bytes.subarray(at + 4, at + 6)))
    if (long && at + 12 > bytes.length) break
    const length = long ? view.getUint32(at + 8, true) : view.getUint16(at + 6, true)
    const value = at + (long ? 12 : 8)
    if (value + length > bytes.length) break
    if (element === 0x0010)
      syntaxUid = latin1
        .decode(bytes.subarray(value, value + length))
        .replaceAll('\0', ' ')
        .trim()
    at = value + length
  }
  const cut = at + 8 > bytes.length || view.getUint16(at, true) === 0x0002
  if (syntaxUid !== undefined && !cut) return { syntaxUid, dataSet: at }
  if (cut && syntaxUid !== undefined) throw new DicomError(file, 'truncated', 'the file ends inside its header')
  if (cut) throw new DicomError(file, 'truncated', 'the file ends before its transfer syntax')
  throw new DicomError(file, 'corrupt', 'its header names no transfer syntax')
}
