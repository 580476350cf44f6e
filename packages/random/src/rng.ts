// A stream of random numbers: a Philox key and a position in its counters. Stages, data-io, the phantom, bootstrap and
// initialisers draw from it. `fork` gives a stream by name, whatever was drawn before, so that a film's noise does not
// depend on how many films came earlier.
import { normalFromWord } from './normalFromWord.ts'
import { philoxBlock } from './philox4x32.ts'
import { assertCount, RandomArgumentError } from './RandomArgumentError.ts'
import { childKey, rootKey } from './streamKey.ts'
import type { StreamKey } from './streamKey.ts'

/** A stream of random numbers. Drawing advances it; forking does not. Equal seeds and paths give equal numbers for ever. */
export interface Rng {
  /** The child stream of that name. Independent of its parent, its siblings and of how much was drawn. `1` is not `'1'`. */
  fork(name: string | number): Rng
  /** 32 random bits. */
  uint32(): number
  /** A multiple of 2^-24 in [0, 1), exact in float32. One word. */
  uniform(): number
  /** The next `n` values of `uniform()`. */
  uniforms(n: number): Float32Array
  /** `n` standard normal numbers, one word each, by inversion of the distribution function (`normalFromWord`). */
  normals(n: number): Float32Array
  /** A whole number in [lo, hiExclusive), unbiased: words beyond the last full multiple of the range are thrown away. */
  int(lo: number, hiExclusive: number): number
  /** The next `n` values of `int(lo, hiExclusive)`; the range must lie within int32. */
  ints(n: number, lo: number, hiExclusive: number): Int32Array
  /** The numbers 0 … n-1 in random order (Fisher and Yates, Durstenfeld's version). */
  permutation(n: number): Int32Array
  /** The items in random order, as a new array: `shuffle(items)[i] = items[permutation(items.length)[i]]`. */
  shuffle<T>(items: ReadonlyArray<T>): T[]
  /** An index, drawn with probability proportional to its weight (finite, none negative, not all zero). Two words. */
  choice(weights: ArrayLike<number>): number
}

const uniformFromWord = (word: number): number => (word >>> 8) / 2 ** 24

// A plain loop: Float32Array.from with a function is ten times slower.
const floats = (words: Uint32Array, f: (word: number) => number): Float32Array => {
  const out = new Float32Array(words.length)
  for (let i = 0; i < words.length; i++) out[i] = f(words[i]!)
  return out
}

const fromKey = ([k0, k1]: StreamKey): Rng => {
  const block = new Uint32Array(4)
  let used = 4 // words of `block` already given out
  let position = 0 // number of the next block: the counter's two low words

  const nextBlock = (out: Uint32Array, offset: number): void => {
    philoxBlock(position, (position / 2 ** 32) >>> 0, 0, 0, k0, k1, out, offset)
    position += 1
  }
  const uint32 = (): number => {
    if (used === 4) {
      nextBlock(block, 0)
      used = 0
    }
    return block[used++]!
  }
  // Bulk draws give the same words as `n` calls of uint32, from whole blocks where they can.
  const words = (n: number): Uint32Array => {
    assertCount(n)
    const out = new Uint32Array(n)
    const held = Math.min(n, 4 - used)
    const wholeEnd = held + Math.floor((n - held) / 4) * 4
    for (let i = 0; i < held; i++) out[i] = uint32()
    for (let i = held; i < wholeEnd; i += 4) nextBlock(out, i)
    for (let i = wholeEnd; i < n; i++) out[i] = uint32()
    return out
  }

  const int = (lo: number, hiExclusive: number): number => {
    const range = hiExclusive - lo
    if (!Number.isSafeInteger(lo) || !Number.isSafeInteger(hiExclusive) || range < 1 || range > 2 ** 32) {
      throw new RandomArgumentError('range', `[${lo}, ${hiExclusive})`, 'whole numbers, lo < hiExclusive <= lo + 2^32')
    }
    const limit = 2 ** 32 - (2 ** 32 % range)
    let word = uint32()
    while (word >= limit) word = uint32()
    return lo + (word % range)
  }

  const permutation = (n: number): Int32Array => {
    assertCount(n)
    const order = Int32Array.from({ length: n }, (_, i) => i)
    for (let i = n - 1; i > 0; i--) {
      const j = int(0, i + 1)
      const held = order[i]!
      order[i] = order[j]!
      order[j] = held
    }
    return order
  }

  return {
    fork: (name) => fromKey(childKey([k0, k1], name)),
    uint32,
    uniform: () => uniformFromWord(uint32()),
    uniforms: (n) => floats(words(n), uniformFromWord),
    normals: (n) => floats(words(n), normalFromWord),
    int,
    ints: (n, lo, hiExclusive) => {
      assertCount(n)
      if (lo < -(2 ** 31) || hiExclusive > 2 ** 31) {
        throw new RandomArgumentError('range', `[${lo}, ${hiExclusive})`, 'a range within int32')
      }
      return Int32Array.from({ length: n }, () => int(lo, hiExclusive))
    },
    permutation,
    shuffle: (items) => Array.from(permutation(items.length), (i) => items[i]!),
    choice: (weights) => {
      const cumulative = new Float64Array(weights.length)
      let total = 0
      for (let i = 0; i < weights.length; i++) {
        const weight = weights[i]!
        if (!(weight >= 0) || weight === Infinity) {
          throw new RandomArgumentError(`weight ${i}`, weight, 'a finite number, zero or more')
        }
        total += weight
        cumulative[i] = total
      }
      if (!(total > 0)) throw new RandomArgumentError('sum of weights', total, 'a positive number')
      const u = ((uint32() >>> 5) * 2 ** 26 + (uint32() >>> 6)) / 2 ** 53
      const at = u * total
      const found = cumulative.findIndex((sum) => at < sum)
      // u * total can round up to total: then the last index of positive weight
      return found >= 0 ? found : cumulative.indexOf(total)
    },
  }
}

/**
 * The stream of a seed. Numbers and strings never share a stream: `rng(1)` is not `rng('1')`.
 * @throws RandomArgumentError when the seed is NaN or infinite
 */
export const rng = (seed: number | string): Rng => fromKey(childKey(rootKey, seed))
