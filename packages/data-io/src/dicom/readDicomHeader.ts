// The header of a DICOM film: sizes, bits, photometric interpretation, rescale, window, and the few attributes that
// studies need. Reads bytes up to the pixel data only, so a prefix of the file is enough: the RSNA check reads 26,684
// headers without their pixels. dicom-parser walks the elements; refusals are ours. Used by readDicom and checkDicomFile.
import dicomParser from 'dicom-parser'
import type { DataSet } from 'dicom-parser'
import { DicomError } from './DicomError.ts'
import { describeSyntax, readableSyntax } from './transferSyntaxes.ts'
import type { ReadableSyntax } from './transferSyntaxes.ts'

/** The value-of-interest window of the header (0028,1050), (0028,1051), (0028,1056): the first pair where there are several. */
export interface DicomWindow {
  readonly centre: number
  readonly width: number
  readonly shape: 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID'
}

export interface DicomHeader {
  readonly rows: number
  readonly columns: number
  readonly bitsAllocated: 8 | 16
  /** 1 to bitsAllocated; the used bits are the lowest ones */
  readonly bitsStored: number
  readonly signed: boolean
  readonly photometric: 'MONOCHROME1' | 'MONOCHROME2'
  /** modality value = stored · slope + intercept */
  readonly slope: number
  readonly intercept: number
  readonly window: DicomWindow | undefined
  /** true where the header holds a VOI lookup table, which is recorded and not applied */
  readonly hasVoiTable: boolean
  /** View Position as written: `PA`, `AP`, `LL`, …; empty when absent */
  readonly view: string
  /** `F`, `M`, `O` or empty */
  readonly sex: string
  /** whole years; −1 when absent or not a number. `051Y` and RSNA's bare `51` both read 51; months, weeks, days read 0 and up. */
  readonly age: number
  readonly syntax: ReadableSyntax
  readonly syntaxUid: string
  /** where the value of Pixel Data starts in the file */
  readonly pixelOffset: number
  /** its length in bytes; undefined when encapsulated */
  readonly pixelLength: number | undefined
}

const PIXEL_DATA = 'x7fe00010'
const LONG_VRS = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'UC', 'UN', 'UR', 'UT'])
const latin1 = new TextDecoder('latin1')

/** Transfer Syntax UID of group 0002, which is Explicit VR Little Endian in every file (PS3.10 section 7.1). */
const transferSyntaxOf = (bytes: Uint8Array, file: string): string => {
  if (bytes.length < 132 || latin1.decode(bytes.subarray(128, 132)) !== 'DICM') {
    throw new DicomError(file, 'not-dicom', bytes.length === 0 ? 'the file is empty' : 'not a DICOM file')
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 132
  while (at + 8 <= bytes.length && view.getUint16(at, true) === 0x0002) {
    const element = view.getUint16(at + 2, true)
    const long = LONG_VRS.has(latin1.decode(bytes.subarray(at + 4, at + 6)))
    if (long && at + 12 > bytes.length) break
    const length = long ? view.getUint32(at + 8, true) : view.getUint16(at + 6, true)
    const value = at + (long ? 12 : 8)
    if (value + length > bytes.length) break
    if (element === 0x0010) return trimmed(latin1.decode(bytes.subarray(value, value + length)))
    at = value + length
  }
  throw new DicomError(file, 'truncated', 'the file ends before its transfer syntax')
}

/** Spaces and zero bytes around a value. */
const trimmed = (text: string): string => text.replaceAll('\0', ' ').trim()

const ageOf = (text: string): number => {
  const found = /^0*(\d{1,3})\s*([DWMY]?)$/.exec(text)
  if (!found) return -1
  const perYear: Readonly<Record<string, number>> = { D: 365.25, W: 52.18, M: 12 }
  return Math.floor(Number(found[1]) / (perYear[found[2] ?? ''] ?? 1))
}

const windowOf = (data: DataSet): DicomWindow | undefined => {
  const centre = data.floatString('x00281050')
  const width = data.floatString('x00281051')
  if (centre === undefined || width === undefined || !Number.isFinite(centre) || !(width > 0)) return undefined
  const shape = trimmed(data.string('x00281056') ?? '')
  return { centre, width, shape: shape === 'SIGMOID' || shape === 'LINEAR_EXACT' ? shape : 'LINEAR' }
}

const parsed = (bytes: Uint8Array, file: string): DataSet => {
  try {
    return dicomParser.parseDicom(bytes, { untilTag: PIXEL_DATA })
  } catch (cause) {
    throw new DicomError(file, 'truncated', 'the file ends inside its header', { cause })
  }
}

const required = (value: number | undefined, name: string, file: string): number => {
  if (value === undefined) throw new DicomError(file, 'corrupt', `its header has no ${name}`)
  return value
}

/**
 * The header of one film. Only what cannot be read is refused; the length of the pixel data is `pixelExtent`'s matter.
 * @param bytes the file, or a prefix that reaches the pixel data
 * @param file its name, for messages
 * @throws DicomError not DICOM, truncated header, transfer syntax, colour, several frames, bits, lookup table
 */
export const readDicomHeader = (bytes: Uint8Array, file: string): DicomHeader => {
  const syntaxUid = transferSyntaxOf(bytes, file)
  const syntax = readableSyntax(syntaxUid)
  if (!syntax) throw new DicomError(file, 'transfer-syntax', `${describeSyntax(syntaxUid)} is not read yet`)
  const data = parsed(bytes, file)
  const pixels = data.elements[PIXEL_DATA]
  if (!pixels) throw new DicomError(file, 'no-pixels', 'it holds no pixel data, or ends before it')

  const samples = data.uint16('x00280002') ?? 1
  const photometric = trimmed(data.string('x00280004') ?? '')
  if (samples !== 1 || (photometric !== 'MONOCHROME1' && photometric !== 'MONOCHROME2')) {
    throw new DicomError(
      file,
      'colour',
      `its pixels are ${photometric || 'of no stated kind'} with ${samples} sample(s)`,
    )
  }
  const frames = data.intString('x00280008') ?? 1
  if (frames > 1) throw new DicomError(file, 'multi-frame', `it holds ${frames} frames, one is read`)

  const rows = required(data.uint16('x00280010'), 'Rows', file)
  const columns = required(data.uint16('x00280011'), 'Columns', file)
  if (rows < 1 || columns < 1) throw new DicomError(file, 'corrupt', `its size is ${rows} x ${columns}`)
  const bitsAllocated = required(data.uint16('x00280100'), 'Bits Allocated', file)
  const bitsStored = data.uint16('x00280101') ?? bitsAllocated
  const highBit = data.uint16('x00280102') ?? bitsStored - 1
  const allowed = bitsAllocated === 8 || (bitsAllocated === 16 && syntax !== 'jpeg-baseline')
  if (!allowed || bitsStored < 1 || bitsStored > bitsAllocated || highBit !== bitsStored - 1) {
    throw new DicomError(
      file,
      'bits',
      `${bitsAllocated} bits allocated, ${bitsStored} stored, high bit ${highBit} in ${describeSyntax(syntaxUid)} is not read`,
    )
  }
  if (data.elements['x00283000']) throw new DicomError(file, 'lookup-table', 'a modality lookup table is not read yet')
  const slope = data.floatString('x00281053') ?? 1
  const intercept = data.floatString('x00281052') ?? 0
  if (!Number.isFinite(slope) || slope === 0 || !Number.isFinite(intercept)) {
    throw new DicomError(file, 'corrupt', `its rescale slope is ${slope} and its intercept ${intercept}`)
  }
  const encapsulated = pixels.hadUndefinedLength === true
  if (encapsulated !== (syntax === 'jpeg-baseline')) {
    throw new DicomError(file, 'corrupt', `its pixels are not laid out as ${describeSyntax(syntaxUid)} says`)
  }
  return {
    rows,
    columns,
    bitsAllocated: bitsAllocated === 8 ? 8 : 16,
    bitsStored,
    signed: (data.uint16('x00280103') ?? 0) === 1,
    photometric,
    slope,
    intercept,
    window: windowOf(data),
    hasVoiTable: data.elements['x00283010'] !== undefined,
    view: trimmed(data.string('x00185101') ?? '').toUpperCase(),
    sex: trimmed(data.string('x00100040') ?? '').toUpperCase(),
    age: ageOf(trimmed(data.string('x00101010') ?? '').toUpperCase()),
    syntax,
    syntaxUid,
    pixelOffset: pixels.dataOffset,
    pixelLength: encapsulated ? undefined : pixels.length,
  }
}
