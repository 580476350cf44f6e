import { expect, it } from '@jest/globals'
import { readInBlocks } from './readInBlocks.ts'

it('blocks of 4 of a file of 10 bytes: one read a block, longer ones where asked, none beyond the end', () => {
  const file = Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)
  const reads: Array<readonly [number, number]> = []
  const read = readInBlocks(
    (offset, length) => {
      reads.push([offset, length])
      return file.subarray(offset, offset + length)
    },
    file.length,
    4,
  )
  const seen = [read(0, 1), read(1, 1), read(2, 2), read(3, 2), read(6, 1), read(0, 6), read(8, 2), read(8, 2)]
  expect(seen.map((bytes) => Array.from(bytes))).toEqual([
    [0],
    [1],
    [2, 3],
    [3, 4],
    [6],
    [0, 1, 2, 3, 4, 5],
    [8, 9],
    [8, 9],
  ])
  expect(reads).toEqual([
    [0, 4],
    [3, 4],
    [0, 6],
    [8, 2],
  ])
})
