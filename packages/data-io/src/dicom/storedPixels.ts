// Raw samples to stored values: unused high bits cleared, signs extended (PS3.5 section 8.1.1, and pydicom's rules for
// compressed streams). Used by readDicom.
import type { RawSamples } from './decodeStream.ts'
import { DicomError } from './DicomError.ts'
import type { DicomHeader } from './readDicomHeader.ts'
import { isLossy } from './transferSyntaxes.ts'

export type StoredPixels = Uint8Array | Uint16Array | Int16Array

/** The lowest `bits` of each word, in two's complement where signed. */
const interpreted = (words: Uint8Array | Uint16Array, bits: number, signed: boolean): StoredPixels => {
  if (!signed && bits === 8 * words.BYTES_PER_ELEMENT) return words
  const out = signed
    ? new Int16Array(words.length)
    : words instanceof Uint8Array
      ? new Uint8Array(words.length)
      : new Uint16Array(words.length)
  const mask = 2 ** bits - 1
  const shift = 32 - bits
  if (signed) for (let i = 0; i < out.length; i++) out[i] = (words[i]! << shift) >> shift
  else for (let i = 0; i < out.length; i++) out[i] = words[i]! & mask
  return out
}

/** Uncompressed and RLE words, whose unused high bits may hold anything, such as an overlay. */
export const storedWords = (words: Uint8Array | Uint16Array, header: DicomHeader): StoredPixels =>
  interpreted(words, header.bitsStored, header.signed)

/**
 * Samples of a stream with a precision of its own. The sign is that of Pixel Representation, whatever a JPEG 2000
 * codestream says of its samples, as pydicom has it. Values beyond the bits stored mean that header and pixels do not
 * agree, but for the little by which a lossy stream may miss: there the nearest value is taken.
 * @throws DicomError corrupt
 */
export const storedSamples = ({ words, precision }: RawSamples, header: DicomHeader, file: string): StoredPixels => {
  const { bitsStored, signed } = header
  // JPEG lossless knows no sign: some write the bits stored alone, others all that are allocated
  const short = signed && header.syntax === 'jpeg-lossless' && words.every((word) => word < 2 ** bitsStored)
  const out = interpreted(words, short ? bitsStored : precision, signed)
  if (precision === bitsStored || short) return out
  const low = signed ? -(2 ** (bitsStored - 1)) : 0
  const high = low + 2 ** bitsStored - 1
  const slack = isLossy(header.syntaxUid) ? 2 ** (bitsStored - 4) : 0
  for (let i = 0; i < out.length; i++) {
    const value = out[i]!
    if (value >= low && value <= high) continue
    if (value < low - slack || value > high + slack) {
      throw new DicomError(file, 'corrupt', `its header says ${bitsStored} bits stored, its pixels need more`)
    }
    out[i] = value < low ? low : high
  }
  return out
}
