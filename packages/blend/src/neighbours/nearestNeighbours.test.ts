import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { nearestNeighbours, nearestThumbnails } from './nearestNeighbours.ts'
import { thumbnails, type FilmImage } from './thumbnails.ts'

const flat = (value: number, side = 8): FilmImage => ({
  pixels: new Float32Array(side * side).fill(value),
  height: side,
  width: side,
})

const square = (pixels: Float32Array): FilmImage => ({ pixels, height: 8, width: 8 })
const someOthers = (q: number, p: number) => q === p || (q + p) % 5 === 0

test('by hand: constant films, distance is size · difference', () => {
  const pool = [0.5, 0.25, 0.625].map((v) => flat(v))
  const { indices, distances } = nearestNeighbours([flat(0.375), flat(0.75, 16)], pool, { size: 4, k: 2 })
  expect(Array.from(indices)).toEqual([0, 1, 2, 0]) // .375 is as near to .5 as to .25: the lower index first
  expect(Array.from(distances)).toEqual([0.5, 0.5, 0.5, 1])
})

test('ties of equal films go by index, whichever the search meets first', () => {
  const pool = [flat(0.9), flat(0.4), flat(0.4), flat(0.4)]
  expect(Array.from(nearestNeighbours([flat(0.4)], pool, { size: 4, k: 3 }).indices)).toEqual([1, 2, 3])
})

test('the nearest block means need not be the nearest film, and the bound may be tight', () => {
  // from .5: a checkerboard of ± .3 has equal block means and distance 8 · .3, the constant .78 has 8 · .28, all of it
  // in the means
  const board = flat(0.5).pixels.map((_, i) => ((i + Math.floor(i / 8)) % 2 ? 0.8 : 0.2))
  const pool = [{ pixels: board, height: 8, width: 8 }, flat(0.78)]
  const { indices, distances } = nearestNeighbours([flat(0.5)], pool, { size: 8 })
  expect(indices[0]).toBe(1)
  expect(distances[0]).toBeCloseTo(2.24, 5)
})

test('a difference in the finest wave alone, which no band holds, is bounded by its length and found', () => {
  // from .5 the board is 32 · .2 away, all of it beyond the waves that are looked at; the others 32 · (.2001 …), in their mean
  const board = flat(0.5, 32).pixels.map((_, i) => ((i + Math.floor(i / 32)) % 2 ? 0.7 : 0.3))
  const others = Array.from({ length: 20 }, (_, i) => flat(0.7001 + i / 10_000, 32))
  const pool = [...others, { pixels: board, height: 32, width: 32 }]
  const { indices, distances } = nearestNeighbours([flat(0.5, 32)], pool, { k: 2 })
  expect(Array.from(indices)).toEqual([20, 0])
  expect(distances[0]).toBeCloseTo(6.4, 5)
})

test('an excluded film is never a neighbour: not itself, not its patient', () => {
  const patients = ['a', 'a', 'b', 'c']
  const films = [0.1, 0.11, 0.4, 0.5].map((v) => flat(v))
  const exclude = (q: number, p: number) => patients[q] === patients[p]
  expect(Array.from(nearestNeighbours(films, films, { size: 4, exclude }).indices)).toEqual([2, 2, 3, 2])
  expect(() => nearestNeighbours(films, films, { size: 4, k: 3, exclude })).toThrow(/query 0 has 2 allowed films of 4/)
  expect(() => nearestNeighbours(films, films, { size: 4, exclude: () => true })).toThrow(/query 0 has 0 allowed/)
})

test('standardised: brightness and contrast do not count', () => {
  const shape = Float32Array.from({ length: 64 }, (_, i) => ((i * 7) % 13) / 26)
  const pool = [square(shape.map((v) => v / 2 + 0.4)), square(shape.toReversed())]
  const options = { size: 8, standardise: true }
  const { indices, distances } = nearestNeighbours([square(shape)], pool, options)
  expect(indices[0]).toBe(0)
  expect(distances[0]).toBeLessThan(1e-5)
  expect(nearestNeighbours([square(shape)], pool, { size: 8 }).indices[0]).toBe(1) // brightness dominates raw pixels
  expect(thumbnails([flat(0.3)], options).values.every((v) => v === 0)).toBe(true)
})

describe('scikit-learn, brute force (tools/oracles/blend_neighbours.py)', () => {
  interface Expected {
    indices: number[]
    distances: number[]
  }
  const oracle = JSON.parse(readFileSync(new URL('../fixtures/neighbours.json', import.meta.url), 'utf8')) as {
    height: number
    width: number
    size: number
    k: number
    pool: number[][]
    queries: number[][]
    raw: Expected
    standardised: Expected
  }
  const { height, width, size, k } = oracle
  const films = (grey: number[][]) => grey.map((g) => ({ pixels: Float32Array.from(g, (v) => v / 255), height, width }))

  test.each([
    [false, oracle.raw],
    [true, oracle.standardised],
  ])('standardise %p', (standardise, expected) => {
    const got = nearestNeighbours(films(oracle.queries), films(oracle.pool), { size, k, standardise })
    expect(Array.from(got.indices)).toEqual(expected.indices)
    got.distances.forEach((d, i) => expect(d).toBeCloseTo(expected.distances[i]!, 5))
  })
})

test.each([32, 30])('equal to all pairs, 32² and a size that is no multiple of four (%p)', (size) => {
  const random = rng('films')
  const film = (): FilmImage => {
    const [light, slope] = random.uniforms(2) as unknown as [number, number]
    const pixels = random.uniforms(32 * 32).map((v, i) => 0.5 * light + 0.3 * slope * ((i % 32) / 32) + 0.2 * v)
    return { pixels, height: 32, width: 32 }
  }
  const pool = Array.from({ length: 300 }, film)
  const queries = thumbnails([...pool.slice(0, 40), ...Array.from({ length: 20 }, film)], { size })
  const small = thumbnails(pool, { size })
  const { indices, distances } = nearestThumbnails(queries, small, { k: 4, exclude: someOthers })
  const dimension = size * size
  for (let q = 0; q < queries.count; q++) {
    const all = Array.from({ length: small.count }, (_, p) => {
      let sum = 0
      for (let d = 0; d < dimension; d++)
        sum += (queries.values[q * dimension + d]! - small.values[p * dimension + d]!) ** 2
      return { p, distance: Math.sqrt(sum) }
    })
    const expected = all
      .filter(({ p }) => !someOthers(q, p))
      .toSorted((a, b) => a.distance - b.distance || a.p - b.p)
      .slice(0, 4)
    expect(Array.from(indices.subarray(4 * q, 4 * q + 4))).toEqual(expected.map(({ p }) => p))
    expect(Array.from(distances.subarray(4 * q, 4 * q + 4))).toEqual(expected.map(({ distance }) => distance))
  }
})

test('refusals', () => {
  expect(() => nearestNeighbours([flat(0)], [flat(0)], { k: 0 })).toThrow(/k: must be/)
  expect(() => nearestNeighbours([flat(0)], [flat(0)], { size: 0 })).toThrow(/size/)
  expect(() => nearestThumbnails(thumbnails([flat(0)]), thumbnails([flat(0)], { size: 4 }))).toThrow(/thumbnails of 4/)
  expect(() => thumbnails([{ ...flat(0), width: 9 }])).toThrow(/films\[0\]: has 64 values/)
})
