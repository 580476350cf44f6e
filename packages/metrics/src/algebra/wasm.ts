/**
 * A WebAssembly module put together by hand, byte by byte: functions over one memory, of whole numbers, doubles and pairs of doubles. No
 * more of the format (WebAssembly core 2.0, chapter 5) than `wasmKernels` needs.
 */

/** Instructions, encoded. */
export type Code = ReadonlyArray<number>

const unsigned = (n: number): number[] => (n < 128 ? [n] : [(n % 128) + 128, ...unsigned(Math.floor(n / 128))])
const signed = (n: number): number[] =>
  n >= -64 && n < 64 ? [n & 127] : [(n & 127) | 128, ...signed(Math.floor(n / 128))]
const vector = (items: ReadonlyArray<Code>): number[] => [...unsigned(items.length), ...items.flat()]
const name = (text: string): number[] => vector(Array.from(text, (letter) => [letter.charCodeAt(0)]))
const section = (id: number, body: Code): number[] => [id, ...unsigned(body.length), ...body]

const types = { i32: 0x7f, f64: 0x7c, v128: 0x7b } as const
type WasmType = keyof typeof types

/** One after another. */
export const inOrder = (...parts: ReadonlyArray<Code>): Code => parts.flat()

/** An instruction of the set for vectors, behind its operands. */
const simd = (op: number, operands: ReadonlyArray<Code>, ...rest: ReadonlyArray<number>): Code => [
  ...operands.flat(),
  0xfd,
  ...unsigned(op),
  ...rest,
]
/** Aligned to 8 bytes. */
const access = (offset: number): number[] => [3, ...unsigned(offset)]

/** What a local holds. */
export const get = (local: number): Code => [0x20, ...unsigned(local)]
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)]
/** Of a whole number. */
export const increase = (local: number, by: number): Code => set(local, [...get(local), 0x41, ...signed(by), 0x6a])
/** Runs the body until the whole number, counted down by one each time, is 0: once at least. */
export const repeat = (local: number, ...body: ReadonlyArray<Code>): Code => [
  0x03,
  0x40,
  ...body.flat(),
  ...increase(local, -1),
  ...get(local),
  0x0d,
  0,
  0x0b,
]

/** Two doubles, one double twice, one: at so many bytes behind an address. */
export const load = (address: Code, offset: number): Code => simd(0, [address], ...access(offset))
export const loadTwice = (address: Code, offset: number): Code => simd(10, [address], ...access(offset))
export const loadDouble = (address: Code, offset: number): Code => [...address, 0x2b, ...access(offset)]
export const store = (address: Code, offset: number, pair: Code): Code => simd(11, [address, pair], ...access(offset))
export const storeDouble = (address: Code, offset: number, double: Code): Code => [
  ...address,
  ...double,
  0x39,
  ...access(offset),
]

/** Of pairs. */
export const add = (a: Code, b: Code): Code => simd(240, [a, b])
export const subtract = (a: Code, b: Code): Code => simd(241, [a, b])
export const multiply = (a: Code, b: Code): Code => simd(242, [a, b])
/** One double of a pair. */
export const lane = (which: 0 | 1, pair: Code): Code => simd(33, [pair], which)
export const addDoubles = (a: Code, b: Code): Code => [...a, ...b, 0xa0]

export interface WasmFunction {
  readonly params: ReadonlyArray<WasmType>
  /** behind the parameters, 0 at first */
  readonly locals: ReadonlyArray<WasmType>
  readonly body: Code
}

/** '\0asm', version 1 */
const HEADER: Code = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]

/** Exports the functions, which return nothing, and imports their memory as `env.memory`. */
export const wasmModule = (functions: Readonly<Record<string, WasmFunction>>): Uint8Array<ArrayBuffer> => {
  const all = Object.entries(functions)
  const code = (of: ReadonlyArray<WasmType>): Code[] => of.map((type) => [types[type]])
  return Uint8Array.from([
    ...HEADER,
    ...section(1, vector(all.map(([, { params }]) => [0x60, ...vector(code(params)), 0]))),
    ...section(2, vector([[...name('env'), ...name('memory'), 2, 0, 1]])),
    ...section(3, vector(all.map((_, i) => unsigned(i)))),
    ...section(7, vector(all.map(([exported], i) => [...name(exported), 0, ...unsigned(i)]))),
    ...section(
      10,
      vector(
        all.map(([, { locals, body }]) => {
          const whole = [...vector(locals.map((type) => [1, types[type]])), ...body, 0x0b]
          return [...unsigned(whole.length), ...whole]
        }),
      ),
    ),
  ])
}
