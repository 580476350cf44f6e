// The image and tile size of a JPEG 2000 codestream (ISO/IEC 15444-1 A.5.1), also inside a JP2 file, which DICOM does not
// allow and some write. Used by decodeJpeg2000.
import type { StreamFrame } from './StreamFrame.ts'

export interface Jpeg2000Frame extends StreamFrame {
  readonly signed: boolean
  /** true where the image area starts at the origin and is not subsampled: no other is read */
  readonly plain: boolean
  /** where the codestream starts in the bytes given */
  readonly start: number
  /** of the byte that holds sign and precision of the first component */
  readonly signByte: number
}

const SIGNATURE_BOX = [0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20]
const CODESTREAM_BOX = 0x6a703263

/** Past the boxes of a JP2 file; 0 for a bare codestream. */
const codestreamStart = (stream: Uint8Array, view: DataView): number => {
  if (!SIGNATURE_BOX.every((byte, i) => stream[i] === byte)) return 0
  let at = 12
  while (at + 8 <= stream.length) {
    if (view.getUint32(at + 4) === CODESTREAM_BOX) return at + 8
    const length = view.getUint32(at)
    if (length < 8) break
    at += length
  }
  return stream.length
}

/** Undefined where the bytes do not start as a codestream does: SOC, then SIZ with at least one component. */
export const jpeg2000Frame = (stream: Uint8Array): Jpeg2000Frame | undefined => {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength)
  const start = codestreamStart(stream, view)
  if (start + 45 > stream.length || view.getUint32(start) !== 0xff4fff51) return undefined
  // Lsiz 4, Rsiz 6, Xsiz 8, Ysiz 12, XOsiz 16, YOsiz 20, XTsiz 24, YTsiz 28, XTOsiz 32, YTOsiz 36, Csiz 40, Ssiz 42, XRsiz, YRsiz
  const uint32 = (offset: number): number => view.getUint32(start + offset)
  const sign = view.getUint8(start + 42)
  const subsampled = view.getUint8(start + 43) !== 1 || view.getUint8(start + 44) !== 1
  return {
    rows: uint32(12) - uint32(20),
    columns: uint32(8) - uint32(16),
    components: view.getUint16(start + 40),
    precision: (sign & 0x7f) + 1,
    signed: sign >= 0x80,
    plain: uint32(16) === 0 && uint32(20) === 0 && !subsampled,
    start,
    signByte: start + 42,
  }
}
