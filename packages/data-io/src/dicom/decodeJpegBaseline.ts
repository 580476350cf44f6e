// JPEG baseline (process 1) to grey bytes by libjpeg-turbo compiled to WebAssembly, called directly. Bit equal to Pillow's
// libjpeg-turbo. Used by decodeStream.
// A reference, so that packages which import this one from source find the types too.
// oxlint-disable-next-line typescript/triple-slash-reference -- an ambient module cannot be imported
/// <reference path="./codec-libjpeg-turbo-8bit.d.ts" />
import type { JpegFrame } from './jpegFrame.ts'
import { START_OF_SCAN } from './jpegFrame.ts'
import { decodeOnce, wasmCodec } from './wasmCodec.ts'

const codec = wasmCodec(
  () => import('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs'),
  '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasm',
)

/** Baseline, extended sequential and progressive, all by Huffman codes: what libjpeg reads and files called baseline hold. */
const FRAMES = new Set([0xc0, 0xc1, 0xc2])
/** Each scan of a progressive stream goes over the whole film; encoders write about ten. */
const MAX_SCANS = 100

const scansIn = (stream: Uint8Array): number => {
  let scans = 0
  for (let at = stream.indexOf(START_OF_SCAN); at > 0; at = stream.indexOf(START_OF_SCAN, at + 1)) {
    if (stream[at - 1] === 0xff) scans++
  }
  return scans
}

/**
 * @param frame of one component
 * @returns [rows · columns], row-major, 0 to 255
 * @throws Error when it is no JPEG of 8 bits or damaged
 */
export const decodeJpegBaseline = async (stream: Uint8Array, frame: JpegFrame): Promise<Uint8Array> => {
  if (!FRAMES.has(frame.marker) || frame.precision !== 8) throw new Error('not a JPEG of 8 bits by Huffman codes')
  if (scansIn(stream) > MAX_SCANS) throw new Error(`more than ${MAX_SCANS} scans`)
  const pixels = frame.rows * frame.columns
  const most = 2 ** 26 + 8 * pixels + 2 * stream.length
  return codec(most, ({ JPEGDecoder }) => {
    const decoded = decodeOnce(new JPEGDecoder(), stream)
    if (decoded.length !== pixels) throw new Error('fewer or more samples than its frame says')
    return decoded
  })
}
