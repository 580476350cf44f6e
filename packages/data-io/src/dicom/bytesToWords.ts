// What a codec gives, bytes, as samples: bytes up to 8 bits, else words of 16 bits, little endian. Used by the decoders of
// JPEG-LS and JPEG 2000.

/** @throws Error when there are fewer or more bytes than the samples need, as where a codec gave up without a word */
export const bytesToWords = (bytes: Uint8Array, samples: number, precision: number): Uint8Array | Uint16Array => {
  if (bytes.length !== samples * (precision > 8 ? 2 : 1)) throw new Error('fewer or more samples than its frame says')
  if (precision <= 8) return bytes
  const words = new Uint16Array(samples)
  for (let i = 0; i < samples; i++) words[i] = bytes[2 * i]! | (bytes[2 * i + 1]! << 8)
  return words
}
