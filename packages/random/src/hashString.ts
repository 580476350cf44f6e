// MurmurHash3 x86 32-bit (Austin Appleby, public domain) over UTF-8: names to words. Used to turn names of streams into
// Philox counters. It spreads names well and is not a cryptographic hash.

const encoder = new TextEncoder()

const rotateLeft = (x: number, bits: number): number => (x << bits) | (x >>> (32 - bits))

const mixBlock = (k: number): number => Math.imul(rotateLeft(Math.imul(k, 0xcc9e2d51), 15), 0x1b873593)

/** An unsigned 32-bit hash of a string; `seed` selects one of 2^32 unrelated hashes (default 0). Not for security. */
export const hashString = (text: string, seed = 0): number => {
  const bytes = encoder.encode(text)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const blocks = bytes.length >>> 2
  let h = seed | 0
  for (let i = 0; i < blocks; i++) {
    h = (Math.imul(rotateLeft(h ^ mixBlock(view.getUint32(4 * i, true)), 13), 5) + 0xe6546b64) | 0
  }
  let tail = 0
  for (let i = bytes.length - 1; i >= 4 * blocks; i--) tail = (tail << 8) | view.getUint8(i)
  h ^= mixBlock(tail) ^ bytes.length
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
