// Seeds from parts: what the runner uses for hash(pipeline seed, stage name, replica), and anyone who needs a number
// that depends on names and nothing else.
import { philox4x32 } from './philox4x32.ts'
import { childKey, rootKey } from './streamKey.ts'

/**
 * A uint32 that depends on every part, its type and its place: `deriveSeed(1, 'a')`, `deriveSeed('1', 'a')` and
 * `deriveSeed('a', 1)` differ. Stable for ever (a test holds literals). 32 bits: among 2,000 derived seeds two are equal
 * with probability 0.0005, among 10,000 with 0.01; where that matters use `rng(seed).fork(name)`, whose keys have 64 bits.
 * Not for security.
 */
export const deriveSeed = (...parts: ReadonlyArray<string | number>): number => {
  const key = parts.reduce(childKey, rootKey)
  return philox4x32([parts.length, 0, 0, 2], [key[0], key[1]])[0]!
}
