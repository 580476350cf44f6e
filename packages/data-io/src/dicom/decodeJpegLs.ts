// JPEG-LS, lossless and near-lossless, to grey samples by CharLS compiled to WebAssembly, called directly. Used by
// decodeStream.
// A reference, so that packages which import this one from source find the types too.
// oxlint-disable-next-line typescript/triple-slash-reference -- an ambient module cannot be imported
/// <reference path="./codec-charls.d.ts" />
import { bytesToWords } from './bytesToWords.ts'
import type { JpegFrame } from './jpegFrame.ts'
import { decodeOnce, wasmCodec } from './wasmCodec.ts'

const codec = wasmCodec(
  () => import('@cornerstonejs/codec-charls/decodewasmjs'),
  '@cornerstonejs/codec-charls/decodewasm',
)

const JPEG_LS = 0xf7

/**
 * @param frame of one component, 2 to 16 bits
 * @returns [rows · columns], row-major: bytes up to 8 bits, else words
 * @throws Error when it is no JPEG-LS or damaged
 */
export const decodeJpegLs = async (stream: Uint8Array, frame: JpegFrame): Promise<Uint8Array | Uint16Array> => {
  if (frame.marker !== JPEG_LS) throw new Error('not a JPEG-LS stream')
  const pixels = frame.rows * frame.columns
  const most = 2 ** 26 + 8 * pixels + 2 * stream.length
  return codec(most, ({ JpegLSDecoder }) =>
    bytesToWords(decodeOnce(new JpegLSDecoder(), stream), pixels, frame.precision),
  )
}
