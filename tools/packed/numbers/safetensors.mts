// The layout by hand: a header padded to eight, numbers as they lie in memory; a header that lies.
import { readSafetensors, safetensorsHeader, SafetensorsError, writeSafetensors } from '@radiograft/safetensors'
import type { SafetensorsTensor } from '@radiograft/safetensors'

const w: SafetensorsTensor = { dtype: 'F32', shape: [2], data: Float32Array.of(1, -2) }
const bytes = writeSafetensors({ w }, { format: 'pt' })
console.log(bytes.length % 8, Array.from(bytes.slice(-8), (b) => b.toString(16)).join(' ')) // 0 0 0 80 3f 0 0 0 c0
console.log(readSafetensors(bytes).tensors['w']?.data, readSafetensors(bytes).metadata) // Float32Array(2) [ 1, -2 ] { format: 'pt' }
console.log(safetensorsHeader({ w }, { format: 'pt' }).bytes.length + 8 === bytes.length) // true
try {
  readSafetensors(bytes.slice(0, -1))
} catch (error) {
  console.log(error instanceof SafetensorsError && error.problem) // truncated
}
