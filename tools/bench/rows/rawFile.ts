// Arrays as files that both sides read: numbers of one type, nothing else. numpy reads them by `fromfile`.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const writeRaw = (scratch: string, name: string, values: Float32Array | Float64Array | Int32Array): void =>
  writeFileSync(join(scratch, name), values)

const bytesOf = (scratch: string, name: string): ArrayBuffer =>
  Uint8Array.from(readFileSync(join(scratch, name))).buffer

export const readFloat32 = (scratch: string, name: string): Float32Array => new Float32Array(bytesOf(scratch, name))
export const readFloat64 = (scratch: string, name: string): Float64Array => new Float64Array(bytesOf(scratch, name))
export const readInt32 = (scratch: string, name: string): Int32Array => new Int32Array(bytesOf(scratch, name))
