import { expect, it } from '@jest/globals'
import { hashString } from './hashString.ts'

// Published MurmurHash3_x86_32 answers; lengths 0, 5 (tail of 1), 9 (three-byte euro sign included), 43 (tail of 3).
it.each([
  ['', 0, 0],
  ['', 1, 0x514e28b7],
  ['hello', 0, 0x248bfa47],
  ['hello, world', 0, 0x149bbb7f],
  ['The quick brown fox jumps over the lazy dog', 0, 0x2e4ff723],
] as const)('hash of %j under seed %i', (text, seed, hash) => {
  expect(hashString(text, seed)).toBe(hash)
})

it('hashes UTF-8, not UTF-16', () => {
  expect(hashString('ü')).not.toBe(hashString('u'))
  expect(hashString('ππππππππ', 0x9747b28c)).toBe(0xd58063c1)
})
