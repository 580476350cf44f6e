// One live instance of a codec compiled to WebAssembly: loaded on first use, silent, its memory bounded a film at a time,
// and thrown away after anything went wrong in it. Used by the decoders of JPEG baseline, JPEG-LS and JPEG 2000.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

// The part of WebAssembly that is used here; its types are the browser's, which packages for Node do not load.
interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>
}
interface WasmMemory {
  readonly buffer: ArrayBuffer
  grow: (pages: number) => number
}
interface WasmModule {
  readonly kind?: 'compiled'
}
interface Wasm {
  readonly Module: new (bytes: Uint8Array) => WasmModule
  readonly Instance: new (module: WasmModule, imports: object) => WasmInstance
  readonly Memory: { readonly prototype: WasmMemory; [Symbol.hasInstance]: (one: unknown) => one is WasmMemory }
}
const { WebAssembly: wasm } = globalThis as unknown as { readonly WebAssembly: Wasm }

interface CodecOptions {
  readonly print: (line: string) => void
  readonly printErr: (line: string) => void
  readonly instantiateWasm: (imports: object, done: (instance: WasmInstance) => void) => WasmInstance['exports']
}

export type CreateCodec<Codec> = (options: CodecOptions) => Promise<Codec>

/** What the codecs' decoder classes have in common. */
export interface CodecDecoder {
  readonly getEncodedBuffer: (length: number) => Uint8Array
  readonly decode: () => void
  /** maybe a window into the codec's memory, gone with the decoder */
  readonly getDecodedBuffer: () => Uint8Array | Uint8ClampedArray
  readonly delete: () => void
}

interface Instance<Codec> {
  readonly codec: Codec
  readonly memory: WasmMemory
}

/** What an instance starts with is 50 MB; one that a film made larger than this is let go afterwards: memory never shrinks. */
const KEPT_MEMORY = 2 ** 28
const PAGE = 2 ** 16

/** What a codec throws may be a number, an address in its memory. */
const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error('the codec gave up'))

/**
 * @param load the codec's glue code
 * @param binary its WebAssembly file, as an import specifier
 * @returns runs `work` on a codec that may not grow beyond `most` bytes (its first 50 MB apart); rejects with what `work` threw
 */
export const wasmCodec = <Codec>(load: () => Promise<{ readonly default: CreateCodec<Codec> }>, binary: string) => {
  let compiled: WasmModule | undefined
  let live: Promise<Instance<Codec>> | undefined

  const start = async (): Promise<Instance<Codec>> => {
    const { default: create } = await load()
    compiled ??= new wasm.Module(readFileSync(createRequire(import.meta.url).resolve(binary)))
    const module = compiled
    let memory: WasmMemory | undefined
    const codec = await create({
      print: () => {},
      printErr: () => {},
      instantiateWasm: (imports, done) => {
        const instance = new wasm.Instance(module, imports)
        memory = Object.values(instance.exports).find((one): one is WasmMemory => one instanceof wasm.Memory)
        done(instance)
        return instance.exports
      },
    })
    if (memory === undefined) throw new Error(`${binary} exports no memory`)
    return { codec, memory }
  }

  const run = <T>({ codec, memory }: Instance<Codec>, most: number, work: (codec: Codec) => T): T => {
    const { exitCode } = process
    memory.grow = (pages) => {
      if (memory.buffer.byteLength + pages * PAGE > most) throw new RangeError('the film needs too much memory')
      return wasm.Memory.prototype.grow.call(memory, pages)
    }
    let sound = false
    try {
      const result = work(codec)
      sound = memory.buffer.byteLength <= KEPT_MEMORY
      return result
    } catch (error) {
      throw asError(error)
    } finally {
      if (!sound) live = undefined
      // a codec's exit() would set it
      process.exitCode = exitCode
    }
  }

  return async <T>(most: number, work: (codec: Codec) => T): Promise<T> => {
    for (;;) {
      const mine = (live ??= start())
      const instance = await mine.catch((error: unknown) => {
        if (live === mine) live = undefined
        throw error
      })
      // another film may have damaged it meanwhile; nothing comes between this line and the end of the work
      if (live === mine) return run(instance, most, work)
    }
  }
}

/**
 * Decodes one stream with a new decoder. Where that throws, the decoder is left to `wasmCodec`, which lets go of all of the
 * codec's memory: freeing a part of what may be damaged could crash again.
 * @returns a copy of the decoded bytes
 */
export const decodeOnce = (
  decoder: CodecDecoder,
  stream: Uint8Array,
  change: (encoded: Uint8Array) => void = () => {},
): Uint8Array => {
  const encoded = decoder.getEncodedBuffer(stream.length)
  encoded.set(stream)
  change(encoded)
  decoder.decode()
  const decoded = Uint8Array.from(decoder.getDecodedBuffer())
  decoder.delete()
  return decoded
}
