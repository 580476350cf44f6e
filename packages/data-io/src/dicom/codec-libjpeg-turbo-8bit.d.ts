// What we call of the codec, which ships no types.
declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs' {
  export interface JpegCodecDecoder {
    getEncodedBuffer(length: number): Uint8Array
    decode(): void
    getDecodedBuffer(): Uint8Array | Uint8ClampedArray
    delete(): void
  }
  export interface JpegCodec {
    readonly JPEGDecoder: new () => JpegCodecDecoder
  }
  const create: (options: {
    readonly print: (line: string) => void
    readonly printErr: (line: string) => void
    readonly instantiateWasm: (
      imports: object,
      done: (instance: { readonly exports: Readonly<Record<string, unknown>> }) => void,
    ) => Readonly<Record<string, unknown>>
  }) => Promise<JpegCodec>
  export default create
}
