// What we call of the codec, which ships no types.
declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  export interface Jpeg2000CodecDecoder {
    getEncodedBuffer(length: number): Uint8Array
    decode(): void
    getDecodedBuffer(): Uint8Array | Uint8ClampedArray
    delete(): void
  }
  export interface Jpeg2000Codec {
    readonly J2KDecoder: new () => Jpeg2000CodecDecoder
  }
  const create: (options: {
    readonly print: (line: string) => void
    readonly printErr: (line: string) => void
    readonly instantiateWasm: (
      imports: object,
      done: (instance: { readonly exports: Readonly<Record<string, unknown>> }) => void,
    ) => Readonly<Record<string, unknown>>
  }) => Promise<Jpeg2000Codec>
  export default create
}
