// The number types of safetensors that are read and written, in the order in which a file has them: wide ones first, so that
// every tensor lies at a multiple of its own width. Used by reader and writer. Typed arrays have the host's byte order; all
// hosts of this project are little endian, as the files are.
import { fromBfloat16, fromHalf, toBfloat16, toHalf } from './halfFloats.ts'

/** The array that each type is read as; both 16-bit floats become float32. BOOL is 0 or 1. */
interface SafetensorsArrays {
  readonly U64: BigUint64Array
  readonly I64: BigInt64Array
  readonly F64: Float64Array
  readonly F32: Float32Array
  readonly U32: Uint32Array
  readonly I32: Int32Array
  readonly BF16: Float32Array
  readonly F16: Float32Array
  readonly U16: Uint16Array
  readonly I16: Int16Array
  readonly I8: Int8Array
  readonly U8: Uint8Array
  readonly BOOL: Uint8Array
}
export type SafetensorsDtype = keyof SafetensorsArrays

/** One tensor of a file, row-major, in the file's own layout (torch's filters are OIHW). */
export type SafetensorsTensor = {
  [D in SafetensorsDtype]: {
    readonly dtype: D
    readonly shape: readonly number[]
    readonly data: SafetensorsArrays[D]
  }
}[SafetensorsDtype]

interface Codec<T extends ArrayBufferView> {
  /** bytes a number */
  readonly width: number
  readonly read: (raw: ArrayBuffer) => T
  readonly write: (data: T) => ArrayBufferView
}
const same = <T>(data: T): T => data

/** Its keys are in the order of a file's data, which is that of the reference writer. */
export const DTYPES: { readonly [D in SafetensorsDtype]: Codec<SafetensorsArrays[D]> } = {
  U64: { width: 8, read: (raw) => new BigUint64Array(raw), write: same },
  I64: { width: 8, read: (raw) => new BigInt64Array(raw), write: same },
  F64: { width: 8, read: (raw) => new Float64Array(raw), write: same },
  F32: { width: 4, read: (raw) => new Float32Array(raw), write: same },
  U32: { width: 4, read: (raw) => new Uint32Array(raw), write: same },
  I32: { width: 4, read: (raw) => new Int32Array(raw), write: same },
  BF16: { width: 2, read: (raw) => fromBfloat16(new Uint16Array(raw)), write: toBfloat16 },
  F16: { width: 2, read: (raw) => fromHalf(new Uint16Array(raw)), write: toHalf },
  U16: { width: 2, read: (raw) => new Uint16Array(raw), write: same },
  I16: { width: 2, read: (raw) => new Int16Array(raw), write: same },
  I8: { width: 1, read: (raw) => new Int8Array(raw), write: same },
  U8: { width: 1, read: (raw) => new Uint8Array(raw), write: same },
  BOOL: { width: 1, read: (raw) => new Uint8Array(raw), write: same },
}
