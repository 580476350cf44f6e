// JPEG 2000, reversible and irreversible, to grey samples by OpenJPEG compiled to WebAssembly, called directly. Used by
// decodeStream.
// A reference, so that packages which import this one from source find the types too.
// oxlint-disable-next-line typescript/triple-slash-reference -- an ambient module cannot be imported
/// <reference path="./codec-openjpeg.d.ts" />
import { bytesToWords } from './bytesToWords.ts'
import type { Jpeg2000Frame } from './jpeg2000Frame.ts'
import { hasAllTiles } from './jpeg2000Tiles.ts'
import { decodeOnce, wasmCodec } from './wasmCodec.ts'

const codec = wasmCodec(
  () => import('@cornerstonejs/codec-openjpeg/decodewasmjs'),
  '@cornerstonejs/codec-openjpeg/decodewasm',
)

/**
 * Signed samples are decoded as unsigned ones and turned back by their highest bit: the codec's own way cuts negative
 * samples of up to 8 bits off at 0, and the two differ by the level shift of 2^(precision − 1) alone (15444-1 G.1).
 * @param frame plain, of one component, 1 to 16 bits
 * @returns [rows · columns], row-major: bytes up to 8 bits, else words; the lowest `precision` bits hold the sample, in two's
 * complement where the codestream is signed
 * @throws Error when it is no JPEG 2000 or damaged
 */
export const decodeJpeg2000 = async (stream: Uint8Array, frame: Jpeg2000Frame): Promise<Uint8Array | Uint16Array> => {
  const { rows, columns, precision, signed, start, signByte } = frame
  const codestream = stream.subarray(start)
  if (!hasAllTiles(codestream)) throw new Error('not all tiles are there')
  const pixels = rows * columns
  // OpenJPEG holds 8 to 12 bytes a pixel, and up to 40 where code blocks have the least size, 4 x 4
  const most = 2 ** 26 + 48 * pixels + 2 * stream.length
  // counted inside: where the codec gives up it says so by giving nothing, and is then not used again
  const words = await codec(most, ({ J2KDecoder }) => {
    const decoded = decodeOnce(new J2KDecoder(), codestream, (encoded) => {
      encoded[signByte - start]! &= 0x7f
    })
    return bytesToWords(decoded, pixels, precision)
  })
  if (signed) {
    const highest = 2 ** (precision - 1)
    for (let i = 0; i < pixels; i++) words[i]! ^= highest
  }
  return words
}
