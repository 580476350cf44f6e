// How seeds and names become Philox keys: one Philox block a name, so that a path of names leads to an unrelated key.
// Used by rng (seeds, fork) and deriveSeed. Changing anything here changes every random number of every run.
import { hashString } from './hashString.ts'
import { philoxBlock } from './philox4x32.ts'
import { RandomArgumentError } from './RandomArgumentError.ts'

/** A Philox key: two 32-bit words. */
export type StreamKey = readonly [k0: number, k1: number]

/** The root of all streams: the bytes of "RADI", "OGRA". */
export const rootKey: StreamKey = [0x52414449, 0x4f475241]

// The last counter word says what a block is for: draws have 0, names 1, the last step of deriveSeed 2. So a stream's
// numbers and its children's keys never come from the same block.
const NAME = 1
const words = new Uint32Array(4)
const float = new DataView(new ArrayBuffer(8))

/**
 * The key of the child called `part`. Numbers enter by the 64 bits of their float, strings by two 32-bit hashes;
 * a third word keeps `1` and `'1'` apart.
 * @throws RandomArgumentError for NaN and infinities
 */
export const childKey = (key: StreamKey, part: string | number): StreamKey => {
  let low: number
  let high: number
  let kind: number
  if (typeof part === 'number') {
    if (!Number.isFinite(part)) throw new RandomArgumentError('seed or name', part, 'a finite number or a string')
    float.setFloat64(0, part === 0 ? 0 : part) // -0 and 0 are one name
    low = float.getUint32(4)
    high = float.getUint32(0)
    kind = 0
  } else {
    low = hashString(part, 0)
    high = hashString(part, 0x9747b28c)
    kind = 1
  }
  philoxBlock(low, high, kind, NAME, key[0], key[1], words, 0)
  return [words[0]!, words[1]!]
}
