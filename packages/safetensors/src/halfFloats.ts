// The two 16-bit floats of weight files, as float32 and back, on bit patterns: IEEE half (F16) and the upper half of a
// float32 (BF16). Used by the safetensors reader and writer; Node 20 has no Float16Array. Infinities and NaNs are kept.

const bitsOf = (values: Float32Array): Uint32Array => new Uint32Array(values.buffer, values.byteOffset, values.length)

/** Each half as the float32 of the same value, without loss. */
export const fromHalf = (halves: Uint16Array): Float32Array => {
  const values = new Float32Array(halves.length)
  const bits = bitsOf(values)
  for (let i = 0; i < halves.length; i++) {
    const half = halves[i]!
    const sign = (half & 0x8000) << 16
    const exponent = (half >>> 10) & 31
    const fraction = half & 1023
    if (exponent === 0)
      values[i] = (sign ? -fraction : fraction) * 2 ** -24 // -0 from sign and 0
    else if (exponent === 31) bits[i] = sign | 0x7f800000 | (fraction << 13)
    else bits[i] = sign | ((exponent + 112) << 23) | (fraction << 13)
  }
  return values
}

/** The nearest half of each, ties to even, as torch's `half()`: 65,520 and more become infinite. */
export const toHalf = (values: Float32Array): Uint16Array => {
  const bits = bitsOf(values)
  const halves = new Uint16Array(values.length)
  for (let i = 0; i < halves.length; i++) {
    const sign = (bits[i]! >>> 16) & 0x8000
    const size = bits[i]! & 0x7fffffff
    if (size > 0x7f800000) halves[i] = sign | 0x7c00 | ((size >>> 13) & 1023 || 512)
    else if (size >= 0x477ff000) halves[i] = sign | 0x7c00
    else if (size >= 0x38800000) halves[i] = sign | ((size - 0x38000000 + 0xfff + ((size >>> 13) & 1)) >>> 13)
    else {
      // below 2^-14 halves are multiples of 2^-24
      const scaled = Math.abs(values[i]!) * 2 ** 24
      const floor = Math.floor(scaled)
      const rest = scaled - floor
      halves[i] = sign | (rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor)
    }
  }
  return halves
}

/** Each bfloat16 as float32, without loss. */
export const fromBfloat16 = (shorts: Uint16Array): Float32Array => {
  const values = new Float32Array(shorts.length)
  const bits = bitsOf(values)
  for (let i = 0; i < shorts.length; i++) bits[i] = shorts[i]! << 16
  return values
}

/** The nearest bfloat16 of each, ties to even, as torch's `bfloat16()`. */
export const toBfloat16 = (values: Float32Array): Uint16Array => {
  const bits = bitsOf(values)
  const shorts = new Uint16Array(values.length)
  for (let i = 0; i < shorts.length; i++) {
    const x = bits[i]!
    if ((x & 0x7fffffff) > 0x7f800000) shorts[i] = (x >>> 16) | ((x >>> 16) & 127 ? 0 : 64)
    else shorts[i] = (x + 0x7fff + ((x >>> 16) & 1)) >>> 16
  }
  return shorts
}
