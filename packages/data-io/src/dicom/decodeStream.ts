// Compressed pixels to raw samples: the stream's own header is held against the DICOM header, then its codec decodes it.
// Used by readDicom.
import { decodeJpeg2000 } from './decodeJpeg2000.ts'
import { decodeJpegBaseline } from './decodeJpegBaseline.ts'
import { decodeJpegLossless } from './decodeJpegLossless.ts'
import { decodeJpegLs } from './decodeJpegLs.ts'
import { decodeRle } from './decodeRle.ts'
import { DicomError } from './DicomError.ts'
import { checkPixels } from './filmLimits.ts'
import { jpeg2000Frame } from './jpeg2000Frame.ts'
import { jpegFrame } from './jpegFrame.ts'
import type { DicomHeader } from './readDicomHeader.ts'
import type { StreamFrame } from './StreamFrame.ts'
import { describeSyntax } from './transferSyntaxes.ts'

export interface RawSamples {
  /** [rows · columns], row-major: bytes, or words where the stream has more than 8 bits */
  readonly words: Uint8Array | Uint16Array
  /** bits that the stream says a sample has; all that are allocated where it says nothing (RLE) */
  readonly precision: number
}

const checked = <Frame extends StreamFrame>(
  frame: Frame | undefined,
  header: DicomHeader,
  stream: string,
  file: string,
): Frame => {
  if (frame === undefined)
    throw new DicomError(file, 'corrupt', `its ${stream} stream cannot be decoded: it has no frame header`)
  const { rows, columns, components, precision } = frame
  if (rows !== header.rows || columns !== header.columns) {
    checkPixels(rows, columns, file)
    const sizes = `its header says ${header.rows} x ${header.columns}, its ${stream} stream ${rows} x ${columns}`
    throw new DicomError(file, 'corrupt', sizes)
  }
  if (components !== 1) {
    throw new DicomError(file, 'corrupt', `its header says one sample a pixel, its ${stream} stream ${components}`)
  }
  // more bits than are stored are common: encoders take those allocated
  if (precision < header.bitsStored || precision > header.bitsAllocated) {
    const bits = `${header.bitsStored} of ${header.bitsAllocated} bits`
    throw new DicomError(file, 'corrupt', `its header says ${bits}, its ${stream} stream ${precision} bits`)
  }
  return frame
}

/** @throws what `decode` throws, as a DicomError */
const decoded = async <T>(stream: string, file: string, decode: () => T | Promise<T>): Promise<T> => {
  try {
    return await decode()
  } catch (cause) {
    throw new DicomError(file, 'corrupt', `its ${stream} stream cannot be decoded`, { cause })
  }
}

/**
 * @param stream all fragments of the film, joined
 * @param file its name, for messages
 * @throws DicomError corrupt, when the stream is damaged or has another size, other components or bits than the header;
 * too-large, when it claims more pixels than are read
 */
export const decodeStream = async (stream: Uint8Array, header: DicomHeader, file: string): Promise<RawSamples> => {
  const { syntax, rows, columns, bitsAllocated } = header
  if (syntax === 'rle') {
    const bytes = bitsAllocated / 8
    const raw = await decoded('RLE', file, () => decodeRle(stream, rows * columns, bytes))
    return { words: bytes === 1 ? raw : new Uint16Array(raw.buffer), precision: bitsAllocated }
  }
  if (syntax === 'jpeg-2000') {
    const frame = checked(jpeg2000Frame(stream), header, 'JPEG 2000', file)
    if (!frame.plain) {
      const what = `${describeSyntax(header.syntaxUid)} with an image offset or subsampling is not read`
      throw new DicomError(file, 'transfer-syntax', what)
    }
    const words = await decoded('JPEG 2000', file, () => decodeJpeg2000(stream, frame))
    return { words, precision: frame.precision }
  }
  const name = syntax === 'jpeg-ls' ? 'JPEG-LS' : 'JPEG'
  const frame = checked(jpegFrame(stream), header, name, file)
  const words = await decoded(name, file, () => {
    if (syntax === 'jpeg-ls') return decodeJpegLs(stream, frame)
    return syntax === 'jpeg-lossless' ? decodeJpegLossless(stream, frame) : decodeJpegBaseline(stream, frame)
  })
  return { words, precision: frame.precision }
}
