import { describe, expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { featuresOf, oracle, oracleFilm } from './fixtures/oracle.ts'
import { normalRows } from './fixtures/samples.ts'
import { laplacianPyramid } from './laplacianPyramid.ts'
import { patchDescriptors } from './patchDescriptors.ts'
import { patchWasserstein } from './patchWasserstein.ts'
import { sliceDirections } from './sliceDirections.ts'
import { slicedWasserstein } from './slicedWasserstein.ts'
import { sliceReplicates } from './sliceReplicates.ts'
import { takeRows } from './takeRows.ts'

const rows = (columns: number, ...values: number[]) => ({
  values: Float64Array.from(values),
  rows: values.length / columns,
  columns,
})

describe('slicedWasserstein', () => {
  test('by hand: sorted (0, 4) and (1, 2) along x, (0, 0) and (3, 3) along y', () => {
    const [real, fake] = [rows(2, 4, 0, 0, 0), rows(2, 1, 3, 2, 3)]
    expect(slicedWasserstein(real, fake, rows(2, 1, 0))).toBe((1 + 2) / 2)
    expect(slicedWasserstein(real, fake, rows(2, 1, 0, 0, 1))).toBe((1.5 + 3) / 2)
  })
  test('equal sets in another order: exactly 0', () => {
    const set = normalRows('same', 40, [1, 1, 1])
    const turned = takeRows(
      set,
      Array.from({ length: 40 }, (_, i) => (i * 7) % 40),
    )
    expect(slicedWasserstein(set, turned, sliceDirections(3, rng(1), 16))).toBe(0)
  })
  test('a shift by δ: the mean of |δ·v|, in 3 dimensions ‖δ‖/2', () => {
    const set = normalRows('moved', 50, [1, 1, 1])
    const moved = { ...set, values: set.values.map((v, i) => v + (i % 3 === 0 ? 2 : 0)) }
    expect(slicedWasserstein(set, moved, sliceDirections(3, rng(1), 4000))).toBeCloseTo(1, 1)
  })
  test('scipy’s wasserstein_distance', () => {
    const { real, fake, directions, value } = oracle.slices
    expect(slicedWasserstein(featuresOf(real), featuresOf(fake), featuresOf(directions))).toBeCloseTo(value, 12)
  })
  test('directions have norm 1 and do not depend on their number', () => {
    const many = sliceDirections(5, rng(3))
    expect(many.rows).toBe(512)
    for (let k = 0; k < 512; k++) expect(Math.hypot(...many.values.subarray(5 * k, 5 * k + 5))).toBeCloseTo(1, 12)
    expect(sliceDirections(5, rng(3), 2).values).toEqual(many.values.subarray(0, 10))
  })
  test('refusals', () => {
    const directions = rows(1, 1)
    expect(() => slicedWasserstein(rows(1, 1, 2), rows(1, 1), directions)).toThrow(/2 and 1 rows: draw as many/)
    expect(() => slicedWasserstein(rows(2, 1, 2), rows(2, 1, 2), directions)).toThrow(/1 columns, the sets 2/)
  })
})

describe('sliceReplicates', () => {
  const { real, fake, directions, value, owners, draws } = oracle.slices
  const owned = (which: 'real' | 'fake') => ({
    ...featuresOf(which === 'real' ? real : fake),
    owner: Int32Array.from(owners[which]),
  })
  test('scipy with weights, and everything once is the distance itself', () => {
    const given = [
      ...draws.map((d) => [Uint16Array.from(d.real), Uint16Array.from(d.fake)]),
      [new Uint16Array(10).fill(1), new Uint16Array(15).fill(1)],
    ]
    const got = sliceReplicates(owned('real'), owned('fake'), featuresOf(directions), given)
    draws.forEach((draw, r) => expect(Math.abs(got[r]! / draw.value - 1)).toBeLessThan(1e-8))
    expect(Math.abs(got[3]! / value - 1)).toBeLessThan(1e-8)
  })
})

describe('laplacianPyramid', () => {
  test('by hand: a flat film is left to the coarsest level', () => {
    const [fine, coarse] = laplacianPyramid(new Float64Array(32 * 64).fill(0.75), 32, 64)
    expect([fine!.height, fine!.width, coarse!.height, coarse!.width]).toEqual([32, 64, 16, 32])
    expect(Math.max(...fine!.pixels.map(Math.abs))).toBeLessThan(1e-15)
    expect(Math.max(...coarse!.pixels.map((v) => Math.abs(v - 0.75)))).toBeLessThan(1e-15)
  })
  test('scipy’s convolve with mirrored borders', () => {
    const levels = laplacianPyramid(oracleFilm(32, 32, 0), 32, 32)
    expect(levels).toHaveLength(2)
    levels.forEach(({ pixels }, s) =>
      oracle.pyramid[s]!.forEach((v, i) => expect(Math.abs(pixels[i]! - v)).toBeLessThan(1e-11)),
    )
  })
  test('levels down to 16 pixels', () => {
    expect(laplacianPyramid(new Float64Array(128 * 128), 128, 128).map(({ height }) => height)).toEqual([
      128, 64, 32, 16,
    ])
    expect(laplacianPyramid(new Float64Array(24 * 30), 24, 30)).toHaveLength(1)
  })
  test('refusals', () => {
    expect(() => laplacianPyramid(new Float64Array(15 * 40), 15, 40)).toThrow(/16 pixels a side/)
    expect(() => laplacianPyramid(new Float64Array(66 * 64), 66, 64)).toThrow(/multiples of 4/)
  })
})

const films = (height: number, width: number, kinds: readonly number[], change = (v: number): number => v) => {
  const pixels = new Float64Array(kinds.length * height * width)
  kinds.forEach((kind, i) => pixels.set(oracleFilm(height, width, kind).map(change), i * height * width))
  return { pixels, count: kinds.length, height, width }
}

describe('patches', () => {
  test('numpy, at given places', () => {
    const places = (film: number, level: number, height: number, width: number): number[] =>
      [0, 1, 2].flatMap((p) => [
        3 + ((5 * film + 7 * p + level) % (height - 6)),
        3 + ((3 * film + 11 * p + 2 * level) % (width - 6)),
      ])
    const levels = patchDescriptors(films(32, 48, [0, 1]), rng(1), { patches: 3, places })
    expect(levels).toHaveLength(2)
    levels.forEach(({ values }, s) => {
      expect(values).toHaveLength(6 * 49)
      oracle.patches[s]!.forEach((v, i) => expect(Math.abs(values[i]! - v)).toBeLessThan(1e-10))
    })
  })
  test('drawn places lie inside and are the same for a film of equal number in any set', () => {
    const [few, many] = [[4], [4, 5]].map((kinds) => patchDescriptors(films(32, 32, kinds), rng(2), { patches: 50 }))
    // of one film the numbers differ by the normalisation of the set alone
    const ratio = (values: Float64Array | Float32Array): number => (values[0]! - values[1]!) / (values[2]! - values[3]!)
    expect(ratio(few![0]!.values)).toBeCloseTo(ratio(many![0]!.values), 8)
  })
  test('equal films: 0; brighter and flatter ones too, as the reference normalises each set', () => {
    const real = films(64, 64, [0, 1, 2, 3])
    expect(patchWasserstein(real, real, rng(1), { patches: 16, directions: 8 }).value).toBe(0)
    const pale = films(64, 64, [0, 1, 2, 3], (v) => 0.3 + v / 4)
    expect(patchWasserstein(real, pale, rng(1), { patches: 16, directions: 8 }).value).toBeLessThan(1e-9)
  })
  test('stripes are told from noise at the finest level', () => {
    const noise = (name: string, stripes: boolean) => {
      const pixels = Float64Array.from(rng(name).normals(4 * 64 * 64))
      const striped = pixels.map((_, i) => pixels[i - (i % 64)]!)
      return { pixels: stripes ? striped : pixels, count: 4, height: 64, width: 64 }
    }
    const options = { patches: 256, directions: 32 }
    const floor = patchWasserstein(noise('a', false), noise('b', false), rng(1), options)
    const stripes = patchWasserstein(noise('a', false), noise('b', true), rng(1), options)
    expect(stripes.levels.map(({ height }) => height)).toEqual([64, 32, 16])
    expect(stripes.levels[0]!.value).toBeGreaterThan(2 * floor.levels[0]!.value)
    expect(stripes.value).toBeCloseTo(stripes.levels.reduce((s, { value }) => s + value, 0) / 3, 12)
  })
  test('films without any contrast do not divide by 0', () => {
    const blank = films(32, 32, [0, 1], () => 0.5)
    const { value } = patchWasserstein(films(32, 32, [0, 1]), blank, rng(1), { patches: 8, directions: 8 })
    expect(value).toBeGreaterThan(100)
  })
  test('refusals', () => {
    expect(() => patchWasserstein(films(32, 32, [0]), films(32, 64, [0]), rng(1))).toThrow(/resize with one filter/)
    expect(() => patchWasserstein(films(32, 32, [0]), films(32, 32, [0, 1]), rng(1))).toThrow(/draw as many/)
  })
})
