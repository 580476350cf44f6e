// RLE Lossless (PS3.5 annex G): a header of 64 bytes, then one segment a byte of the sample, the highest byte first, each
// packed as in TIFF's PackBits. Used by decodeStream.

const HEADER = 64

/** Unpacks `from` up to `end` into every `step`-th byte of `out`. @returns how many bytes it gave */
const unpack = (
  packed: Uint8Array,
  from: number,
  end: number,
  out: Uint8Array,
  first: number,
  step: number,
): number => {
  let at = from
  let to = first
  while (at < end && to < out.length) {
    const control = packed[at++]!
    if (control < 128) {
      // the next control + 1 bytes as they are
      for (let left = control + 1; left > 0 && at < end && to < out.length; left--, to += step) out[to] = packed[at++]!
    } else if (control > 128 && at < end) {
      // the next byte 257 − control times
      const value = packed[at++]!
      for (let left = 257 - control; left > 0 && to < out.length; left--, to += step) out[to] = value
    }
  }
  return (to - first) / step
}

/**
 * @param bytesASample 1 or 2
 * @returns [samples · bytesASample], little endian
 * @throws Error when the segments are not those of such samples, or hold too few
 */
export const decodeRle = (stream: Uint8Array, samples: number, bytesASample: number): Uint8Array => {
  if (stream.length < HEADER) throw new Error('no RLE header')
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength)
  const segments = view.getUint32(0, true)
  if (segments !== bytesASample) throw new Error(`${segments} segments where there should be ${bytesASample}`)
  // two bytes give at most 128
  if (samples * bytesASample > 64 * stream.length) throw new Error('too few bytes')
  const out = new Uint8Array(samples * bytesASample)
  for (let i = 0; i < segments; i++) {
    const start = view.getUint32(4 + 4 * i, true)
    const end = i + 1 < segments ? view.getUint32(8 + 4 * i, true) : stream.length
    if (start < HEADER || start > end || end > stream.length) throw new Error('a segment outside the stream')
    const got = unpack(stream, start, end, out, bytesASample - 1 - i, bytesASample)
    if (got < samples) throw new Error(`a segment of ${got} samples, not ${samples}`)
  }
  return out
}
