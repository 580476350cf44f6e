/** Grey levels of a rendered film: value in [0, 1] to integers of 8, 12 or 16 bits, rounded half up. */

const { floor } = Math
export type Bits = 8 | 12 | 16

export function quantise(values: Float64Array, bits: Bits): Uint8Array | Uint16Array {
  const most = 2 ** bits - 1
  const out = bits === 8 ? new Uint8Array(values.length) : new Uint16Array(values.length)
  for (let o = 0; o < values.length; o++) out[o] = floor(values[o]! * most + 0.5)
  return out
}
