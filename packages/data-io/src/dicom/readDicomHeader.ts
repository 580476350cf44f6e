// The header of a DICOM film: sizes, bits, photometric interpretation, rescale, window, and the few attributes that
// studies and film preparation need. Reads bytes up to the pixel data only, so a prefix of the file is enough: the RSNA
// check reads 26,684 headers without their pixels. Used by readDicom and checkDicomFile.
import { DicomError } from './DicomError.ts'
import { elementValues } from './elementValues.ts'
import type { ElementValues } from './elementValues.ts'
import { fileMeta } from './fileMeta.ts'
import { checkPixels } from './filmLimits.ts'
import { checkDeflatedEnd, inflateStart } from './inflateDataSet.ts'
import { topLevelElements } from './topLevelElements.ts'
import type { TopLevel } from './topLevelElements.ts'
import { describeSyntax, isEncapsulated, isLossy, readableSyntax } from './transferSyntaxes.ts'
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
  /**
   * View Position where it is a code (`PA`, `AP`, `LL`, …); where it is none, `LATERAL` if it speaks of one or if rows run
   * along the patient's front-back axis (Patient Orientation, PS3.3 section C.7.6.1.1.1), else empty
   */
  readonly view: string
  /** `F`, `M`, `O` or empty: anything else is free text, which may name someone */
  readonly sex: 'F' | 'M' | 'O' | ''
  /** whole years; −1 when absent or not a number. `051Y` and RSNA's bare `51` both read 51; months, weeks, days read 0 and up. */
  readonly age: number
  readonly syntax: ReadableSyntax
  readonly syntaxUid: string
  /** whether the pixels were ever compressed with loss (0028,2110), or are in this file; undefined where nothing says so */
  readonly lossy: boolean | undefined
  /** whether the pixels hold text that may name the patient (0028,0301); undefined where the header does not say */
  readonly burnedIn: boolean | undefined
  /** where the value of Pixel Data starts: in the file, or in its inflated data set where the syntax is deflated */
  readonly pixelOffset: number
  /** its length in bytes; undefined when encapsulated */
  readonly pixelLength: number | undefined
  /** true where each two bytes of the pixel data stand in reverse (Explicit VR Big Endian, words of 16 bits) */
  readonly bytesSwapped: boolean
}

const TAG = {
  patientSex: 0x00100040,
  patientAge: 0x00101010,
  viewPosition: 0x00185101,
  patientOrientation: 0x00200020,
  samples: 0x00280002,
  photometric: 0x00280004,
  frames: 0x00280008,
  rows: 0x00280010,
  columns: 0x00280011,
  bitsAllocated: 0x00280100,
  bitsStored: 0x00280101,
  highBit: 0x00280102,
  signed: 0x00280103,
  burnedIn: 0x00280301,
  windowCentre: 0x00281050,
  windowWidth: 0x00281051,
  intercept: 0x00281052,
  slope: 0x00281053,
  windowShape: 0x00281056,
  lossy: 0x00282110,
  modalityTable: 0x00283000,
  voiTable: 0x00283010,
} as const
const TAGS: ReadonlySet<number> = new Set(Object.values(TAG))

/** Photometric interpretations that a message may repeat (PS3.3 section C.7.6.3.1.2); other text may be anything. */
const COLOURS = /^(MONOCHROME[12]|PALETTE COLOR|RGB|HSV|ARGB|CMYK|XYB|YBR_[A-Z]{2,7}(_42[02])?)$/

/** Of a deflated file, so much is inflated to find its header, and then 16 times as much. */
const FIRST_DEFLATED = 2 ** 14
const LONGEST_HEADER = 2 ** 26

const ageOf = (text: string): number => {
  const found = /^0*(\d{1,3})\s*([DWMY]?)$/.exec(text)
  if (!found) return -1
  const perYear: Readonly<Record<string, number>> = { D: 365.25, W: 52.18, M: 12 }
  return Math.floor(Number(found[1]) / (perYear[found[2] ?? ''] ?? 1))
}

/** Other text than a code may be anything, a name too, and goes into tables: it is not kept. */
const CODE = /^[A-Z0-9_ ]{1,16}$/
/** Patient Orientation whose rows run to the front or the back first; what starts as both (`AP`) is no direction. */
const SIDEWAYS = /^[AP][RLHF]{0,2}\s*(\\|$)/

const sexOf = (text: string): DicomHeader['sex'] => (text === 'F' || text === 'M' || text === 'O' ? text : '')

const viewOf = (values: ElementValues): string => {
  const view = values.text(TAG.viewPosition).toUpperCase()
  if (CODE.test(view)) return view
  const lateral = view.includes('LAT') || SIDEWAYS.test(values.text(TAG.patientOrientation).toUpperCase())
  return lateral ? 'LATERAL' : ''
}

/** A width of 0 or less stands in many films that have no window. */
const windowOf = (values: ElementValues, file: string): DicomWindow | undefined => {
  const centre = values.decimal(TAG.windowCentre)
  const width = values.decimal(TAG.windowWidth)
  if (centre === undefined || width === undefined) return undefined
  if (!Number.isFinite(centre) || !Number.isFinite(width)) {
    throw new DicomError(file, 'corrupt', `its window has the centre ${centre} and the width ${width}`)
  }
  if (width <= 0) return undefined
  const shape = values.text(TAG.windowShape)
  return { centre, width, shape: shape === 'SIGMOID' || shape === 'LINEAR_EXACT' ? shape : 'LINEAR' }
}

interface Walked extends TopLevel {
  /** where the elements lie: the file, or its inflated data set */
  readonly bytes: Uint8Array
}

const walk = (bytes: Uint8Array, dataSet: number, syntax: ReadableSyntax, file: string): Walked => {
  const encoding = { explicit: syntax !== 'implicit', littleEndian: syntax !== 'big-endian' }
  if (syntax !== 'deflated') return { bytes, ...topLevelElements(bytes, dataSet, encoding, TAGS) }
  for (let end = dataSet + FIRST_DEFLATED; ; end = dataSet + (end - dataSet) * 16) {
    const start = inflateStart(bytes.subarray(0, end), dataSet, LONGEST_HEADER, file)
    const top = topLevelElements(start, 0, encoding, TAGS)
    if (top.pixels) return { bytes: start, ...top }
    if (end < bytes.length) continue
    checkDeflatedEnd(bytes, dataSet, LONGEST_HEADER, file)
    return { bytes: start, ...top }
  }
}

/** One of the two words that an attribute may say; anything else says nothing. */
const either = (text: string, yes: string, no: string): boolean | undefined =>
  text === yes ? true : text === no ? false : undefined

const required = (value: number | undefined, name: string, file: string): number => {
  if (value === undefined) throw new DicomError(file, 'corrupt', `its header has no ${name}`)
  return value
}

const photometricOf = (values: ElementValues, file: string): DicomHeader['photometric'] => {
  const samples = values.uint16(TAG.samples) ?? 1
  const photometric = values.text(TAG.photometric)
  if (samples === 1 && (photometric === 'MONOCHROME1' || photometric === 'MONOCHROME2')) return photometric
  const kind = photometric === '' ? 'of no stated kind' : COLOURS.test(photometric) ? photometric : 'of an unknown kind'
  throw new DicomError(file, 'colour', `its pixels are ${kind} with ${samples} sample(s)`)
}

/**
 * The header of one film. Only what cannot be read is refused; the length of the pixel data is `pixelExtent`'s matter.
 * @param bytes the file, or a prefix that reaches the pixel data
 * @param file its name, for messages
 * @throws DicomError not DICOM, truncated header, transfer syntax, colour, several frames, bits, lookup table, too large
 */
export const readDicomHeader = (bytes: Uint8Array, file: string): DicomHeader => {
  const { syntaxUid, dataSet } = fileMeta(bytes, file)
  const syntax = readableSyntax(syntaxUid)
  if (!syntax) throw new DicomError(file, 'transfer-syntax', `${describeSyntax(syntaxUid)} is not read yet`)
  const { bytes: data, found, pixels, cut } = walk(bytes, dataSet, syntax, file)
  if (!pixels) {
    if (cut) throw new DicomError(file, 'truncated', 'the file ends inside its header')
    throw new DicomError(file, 'no-pixels', 'it holds no pixel data, or ends before it')
  }
  const values = elementValues(data, found, syntax !== 'big-endian')
  const photometric = photometricOf(values, file)
  const frames = values.decimal(TAG.frames) ?? 1
  if (frames > 1) throw new DicomError(file, 'multi-frame', `it holds ${frames} frames, one is read`)

  const rows = required(values.uint16(TAG.rows), 'Rows', file)
  const columns = required(values.uint16(TAG.columns), 'Columns', file)
  if (rows < 1 || columns < 1) throw new DicomError(file, 'corrupt', `its size is ${rows} x ${columns}`)
  checkPixels(rows, columns, file)
  const bitsAllocated = required(values.uint16(TAG.bitsAllocated), 'Bits Allocated', file)
  const bitsStored = values.uint16(TAG.bitsStored) ?? bitsAllocated
  const highBit = values.uint16(TAG.highBit) ?? bitsStored - 1
  const allowed = bitsAllocated === 8 || (bitsAllocated === 16 && syntax !== 'jpeg-baseline')
  if (!allowed || bitsStored < 1 || bitsStored > bitsAllocated || highBit !== bitsStored - 1) {
    throw new DicomError(
      file,
      'bits',
      `${bitsAllocated} bits allocated, ${bitsStored} stored, high bit ${highBit} in ${describeSyntax(syntaxUid)} is not read`,
    )
  }
  if (values.has(TAG.modalityTable)) {
    throw new DicomError(file, 'lookup-table', 'a modality lookup table is not read yet')
  }
  const slope = values.decimal(TAG.slope) ?? 1
  const intercept = values.decimal(TAG.intercept) ?? 0
  if (!Number.isFinite(slope) || slope === 0 || !Number.isFinite(intercept)) {
    throw new DicomError(file, 'corrupt', `its rescale slope is ${slope} and its intercept ${intercept}`)
  }
  const signed = (values.uint16(TAG.signed) ?? 0) === 1
  const low = signed ? -(2 ** (bitsStored - 1)) : 0
  const [first, last] = [low * slope + intercept, (low + 2 ** bitsStored - 1) * slope + intercept]
  // beyond what a double holds, or so narrow that it becomes one value: pixels would be NaN
  if (!Number.isFinite(last - first) || last === first) {
    throw new DicomError(file, 'corrupt', `its rescaled pixels would reach from ${first} to ${last}`)
  }
  if ((pixels.length === undefined) !== isEncapsulated(syntax)) {
    throw new DicomError(file, 'corrupt', `its pixels are not laid out as ${describeSyntax(syntaxUid)} says`)
  }
  return {
    rows,
    columns,
    bitsAllocated: bitsAllocated === 8 ? 8 : 16,
    bitsStored,
    signed,
    photometric,
    slope,
    intercept,
    window: windowOf(values, file),
    hasVoiTable: values.has(TAG.voiTable),
    view: viewOf(values),
    sex: sexOf(values.text(TAG.patientSex).toUpperCase()),
    age: ageOf(values.text(TAG.patientAge).toUpperCase()),
    syntax,
    syntaxUid,
    lossy: isLossy(syntaxUid) || either(values.text(TAG.lossy), '01', '00'),
    burnedIn: either(values.text(TAG.burnedIn), 'YES', 'NO'),
    pixelOffset: pixels.offset,
    pixelLength: pixels.length,
    bytesSwapped: syntax === 'big-endian' && (bitsAllocated === 16 || pixels.vr === 'OW'),
  }
}
