/**
 * @radiograft/safetensors: safetensors files as plain typed arrays, both ways. No tensor library is needed.
 *
 * ```ts
 * const bytes = writeSafetensors({ w: { dtype: 'F32', shape: [2], data: Float32Array.of(1, -2) } }, { format: 'pt' })
 * const { tensors, metadata } = readSafetensors(bytes)
 * ```
 */
export { readSafetensors } from './readSafetensors.ts'
export type { SafetensorsFile } from './readSafetensors.ts'
export { writeSafetensors } from './writeSafetensors.ts'
export { safetensorsHeader } from './safetensorsHeader.ts'
export type { SafetensorsHeader } from './safetensorsHeader.ts'
export type { SafetensorsDtype, SafetensorsTensor } from './dtypes.ts'
export { SafetensorsError } from './SafetensorsError.ts'
export type { SafetensorsProblem } from './SafetensorsError.ts'
