// What we call of the codec, which ships no types.
declare module '@cornerstonejs/codec-charls/decodewasmjs' {
  export interface JpegLsCodecDecoder {
    getEncodedBuffer(length: number): Uint8Array
    decode(): void
    getDecodedBuffer(): Uint8Array | Uint8ClampedArray
    delete(): void
  }
  export interface JpegLsCodec {
    readonly JpegLSDecoder: new () => JpegLsCodecDecoder
  }
  const create: (options: {
    readonly print: (line: string) => void
    readonly printErr: (line: string) => void
    readonly instantiateWasm: (
      imports: object,
      done: (instance: { readonly exports: Readonly<Record<string, unknown>> }) => void,
    ) => Readonly<Record<string, unknown>>
  }) => Promise<JpegLsCodec>
  export default create
}
