import { describe, expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { kernels, type Kernels } from './kernels.ts'
import { TILE, WOVEN } from './layout.ts'
import { plainKernels } from './plainKernels.ts'
import { wasmKernels } from './wasmKernels.ts'

const found = wasmKernels()

test('here there is WebAssembly, and it is what is used', () => {
  expect(found).toBeDefined()
  expect(kernels()).toBe(kernels())
})

const both: ReadonlyArray<readonly [string, Kernels]> = [
  ['plain', plainKernels()],
  ['WebAssembly', found!],
]

describe.each(both)('%s', (_, { reserve, strip, sweep }) => {
  test('memory grows, and what was asked for is there', () => {
    expect(reserve(10).length).toBeGreaterThanOrEqual(10)
    const large = reserve(30_000)
    expect(large.length).toBeGreaterThanOrEqual(30_000)
    large[29_999] = 7
    expect(reserve(20)[29_999]).toBe(7)
  })

  test('two tiles by hand: one row of 1 2 3 4 with one of ones, then two rows', () => {
    const m = reserve(200)
    m.set([1, 2, 3, 4, 0, 0, 0, 1], 100) // a: two rows
    m.set([1, 1, 1, 1, 9, 9, 9, 9], 110) // b: panel of two rows
    m.set([0, 0, 0, 2, 1, 2, 3, 4], 118)
    strip(100, 110, 0, 2, 2)
    // the first: [1 2 3 4]ᵀ of ones, the last row with 9 more
    expect(Array.from(m.subarray(0, 16))).toEqual([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 13, 13, 13, 13])
    expect(Array.from(m.subarray(16, 32))).toEqual([0, 0, 0, 2, 0, 0, 0, 4, 0, 0, 0, 6, 1, 2, 3, 12])
  })

  test('a sweep by hand: rows 0 and 1 over columns 2 and 3', () => {
    const m = reserve(200)
    m.set([10, 20], 50) // row 0
    m.set([30, 40], 60) // row 1
    m.set([1, 2, 3, 4, 5, 6, 100, 200], 0) // pair 0: v, w, x, p of columns 0 and 1
    m.set([1, 0, 0, 1, 2, 3, 7, 8], 8) // pair 1: of columns 2 and 3
    sweep(50, 60, 0, 8, 1)
    // row 0: 10 − 1·0 − 3·1, 20 − 1·1 − 3·0; row 1: 30 − 2·0 − 4·1, 40 − 2·1 − 4·0
    expect([m[50], m[51], m[60], m[61]]).toEqual([7, 19, 26, 38])
    // p of columns: 7 + 5·7 + 6·26, 8 + 5·19 + 6·38; of rows: 100 + 7·2 + 19·3, 200 + 26·2 + 38·3
    expect([m[14], m[15]]).toEqual([198, 331])
    expect([m[6], m[7]]).toEqual([171, 366])
  })
})

test('both compute the same: of tiles the last bit, of sums over a row all but the last two', () => {
  const [depth, panels, pairs] = [37, 5, 19]
  const numbers = Float64Array.from(rng('kernels').normals(4000))
  const computed = both.map(([, { reserve, strip, sweep }]) => {
    const m = reserve(5000)
    m.set(numbers, 1000)
    strip(1000, 1400, 0, depth, panels)
    const tiles = m.slice(0, panels * TILE * TILE)
    sweep(3000, 3100, 3200, 3208, pairs)
    return { tiles, swept: m.slice(3000, 3208 + WOVEN.length * pairs) }
  })
  expect(computed[1]!.tiles).toEqual(computed[0]!.tiles)
  computed[1]!.swept.forEach((value, i) => expect(Math.abs(value - computed[0]!.swept[i]!)).toBeLessThan(1e-13))
})
