// Philox 4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011): a bijection of
// 128-bit counters chosen by a 64-bit key. There is no state: number i of a stream is a function of i, so streams can be
// cut, resumed and shared between workers. TensorFlow's random kernels use the same function. Everything here is built on it.

// Round multipliers and Weyl key increments of the paper's section 3.3.
const M0 = 0xd2511f53
const M1 = 0xcd9e8d57
const W0 = 0x9e3779b9
const W1 = 0xbb67ae85

/** High 32 bits of the 64-bit product of two unsigned words, from 16-bit halves: no BigInt, which is 50 times slower. */
const mulHigh = (a: number, b: number): number => {
  const aLow = a & 0xffff
  const aHigh = a >>> 16
  const bLow = b & 0xffff
  const bHigh = b >>> 16
  const low = aLow * bLow
  const mid = aHigh * bLow + (low >>> 16) // below 2^32, so exact
  const mid2 = aLow * bHigh + (mid & 0xffff)
  return (aHigh * bHigh + (mid >>> 16) + (mid2 >>> 16)) | 0
}

/**
 * The in-place form for bulk generation: writes the four words of one block at `out[offset…offset + 3]`.
 * Words may be passed signed or unsigned; only their 32 bits count.
 */
export const philoxBlock = (
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  k0: number,
  k1: number,
  out: Uint32Array,
  offset: number,
): void => {
  for (let round = 0; round < 10; round++) {
    const high0 = mulHigh(M0, c0)
    const low0 = Math.imul(M0, c0)
    const high1 = mulHigh(M1, c2)
    const low1 = Math.imul(M1, c2)
    c0 = high1 ^ c1 ^ k0
    c1 = low1
    c2 = high0 ^ c3 ^ k1
    c3 = low0
    k0 = (k0 + W0) | 0
    k1 = (k1 + W1) | 0
  }
  out[offset] = c0
  out[offset + 1] = c1
  out[offset + 2] = c2
  out[offset + 3] = c3
}

/**
 * One block of Philox 4x32-10: four random 32-bit words for a counter and a key.
 * @param counter four 32-bit words, least significant first
 * @param key two 32-bit words
 */
export const philox4x32 = (
  counter: readonly [number, number, number, number],
  key: readonly [number, number],
): Uint32Array => {
  const out = new Uint32Array(4)
  philoxBlock(counter[0], counter[1], counter[2], counter[3], key[0], key[1], out, 0)
  return out
}
