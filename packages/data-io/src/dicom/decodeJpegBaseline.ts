// JPEG baseline (process 1) to grey bytes by libjpeg-turbo compiled to WebAssembly, called directly: one instance for
// the process, compiled on first use, silent. Bit equal to Pillow's libjpeg-turbo. Used by readDicom.
// A reference, so that packages which import this one from source find the types too.
// oxlint-disable-next-line typescript/triple-slash-reference -- an ambient module cannot be imported
/// <reference path="./codec-libjpeg-turbo-8bit.d.ts" />
import createCodec from '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs'
import type { JpegCodec } from '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs'

let codec: Promise<JpegCodec> | undefined

export interface GreyPicture {
  readonly height: number
  readonly width: number
  /** samples a pixel: 1 for grey; others are the caller's to refuse */
  readonly components: number
  /** [height · width · components], row-major, 0 to 255 */
  readonly samples: Uint8Array
}

/** Decodes one JPEG stream. Rejects with the codec's own complaint when it is no JPEG. */
export const decodeJpegBaseline = async (jpeg: Uint8Array): Promise<GreyPicture> => {
  codec ??= createCodec({ print: () => {}, printErr: () => {} })
  const decoder = new (await codec).JPEGDecoder()
  try {
    decoder.getEncodedBuffer(jpeg.length).set(jpeg)
    decoder.decode()
    const { width, height, componentCount } = decoder.getFrameInfo()
    // a copy: the buffer is a window into the codec's memory
    return { height, width, components: componentCount, samples: Uint8Array.from(decoder.getDecodedBuffer()) }
  } finally {
    decoder.delete()
  }
}
