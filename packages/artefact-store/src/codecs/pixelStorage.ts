// How pixels in [0, 1] lie on disk: uint8 and uint16 as value · scale, float32 as they are.

export type PixelStorage = 'uint8' | 'uint16' | 'float32'

/** Bytes a pixel, the largest stored value, and the factor from stored to [0, 1]. */
export const pixelStorages: Readonly<
  Record<PixelStorage, { readonly bytes: number; readonly top: number; readonly scale: number }>
> = {
  uint8: { bytes: 1, top: 255, scale: 1 / 255 },
  uint16: { bytes: 2, top: 65535, scale: 1 / 65535 },
  float32: { bytes: 4, top: 1, scale: 1 },
}

const tables = new Map<PixelStorage, Float32Array>()
/** k / top for every stored k: division, not multiplication by the scale, so that 8-bit films come back as they were read. */
const tableOf = (storage: PixelStorage): Float32Array => {
  const before = tables.get(storage)
  if (before) return before
  const { top } = pixelStorages[storage]
  const table = Float32Array.from({ length: top + 1 }, (_, k) => k / top)
  tables.set(storage, table)
  return table
}

/** Stored bytes of one film, little endian → Float32Array in [0, 1], its own memory. */
export const decodePixels = (storage: PixelStorage, raw: Uint8Array): Float32Array => {
  const { bytes } = pixelStorages[storage]
  const own = raw.byteOffset % bytes === 0 ? raw : raw.slice()
  if (storage === 'float32') return new Float32Array(own.buffer, own.byteOffset, own.byteLength / 4).slice()
  const stored = storage === 'uint8' ? own : new Uint16Array(own.buffer, own.byteOffset, own.byteLength / 2)
  const table = tableOf(storage)
  const pixels = new Float32Array(stored.length)
  for (let i = 0; i < pixels.length; i++) pixels[i] = table[stored[i]!]!
  return pixels
}

/** Rounding may leave [0, 1] by this much; beyond it a film is refused, for then something else is wrong. */
const slack = 1e-3

/**
 * Float32Array in [0, 1] → stored bytes in `into`, little endian. Answers the first value that has no place in the storage:
 * beyond [0, 1] for integers, not finite for float32.
 */
export const encodePixels = (storage: PixelStorage, pixels: Float32Array, into: Uint8Array): number | undefined => {
  if (storage === 'float32') {
    for (const value of pixels) if (!Number.isFinite(value)) return value
    into.set(new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength))
    return undefined
  }
  const { top } = pixelStorages[storage]
  const stored = storage === 'uint8' ? into : new Uint16Array(into.buffer, into.byteOffset, into.byteLength / 2)
  for (let i = 0; i < pixels.length; i++) {
    const value = pixels[i]!
    if (!(value >= -slack && value <= 1 + slack)) return value
    stored[i] = value <= 0 ? 0 : value >= 1 ? top : Math.round(value * top)
  }
  return undefined
}
