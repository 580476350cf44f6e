// What we call of the codec, which ships no types.
declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs' {
  export interface JpegDecoder {
    getEncodedBuffer(length: number): Uint8Array
    decode(): void
    getDecodedBuffer(): Uint8Array
    getFrameInfo(): {
      readonly width: number
      readonly height: number
      readonly bitsPerSample: number
      readonly componentCount: number
    }
    delete(): void
  }
  export interface JpegCodec {
    readonly JPEGDecoder: new () => JpegDecoder
  }
  const create: (options: {
    readonly print: (line: string) => void
    readonly printErr: (line: string) => void
  }) => Promise<JpegCodec>
  export default create
}
