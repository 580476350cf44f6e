import { describe, expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { donorHistogram } from './donorHistogram.ts'
import { graftFilm } from './graftFilm.ts'
import { paste } from './paste.ts'

const grid = (n: number, from: number) => Float32Array.from({ length: n }, (_, i) => from + i)

describe('paste', () => {
  test('3 × 4, one box of two pixels: the donor inside, the recipient outside', () => {
    const [recipient, donor] = [grid(12, 0), grid(12, 100)]
    const pasted = paste(recipient, donor, [[1, 0, 2, 2]], 3, 4)
    expect(Array.from(pasted)).toEqual([0, 101, 2, 3, 4, 105, 6, 7, 8, 9, 10, 11])
    expect(recipient).toEqual(grid(12, 0))
  })
  test('a pixel belongs to a box when its centre does; a mask says it pixel by pixel', () => {
    const pasted = paste(grid(4, 0), grid(4, 100), [[0.5, 0, 1.5, 1]], 1, 4)
    expect(Array.from(pasted)).toEqual([100, 1, 2, 3])
    expect(Array.from(paste(grid(4, 0), grid(4, 100), Uint8Array.of(0, 0, 1, 1), 1, 4))).toEqual([0, 1, 102, 103])
  })
  test('refusals', () => {
    expect(() => paste(grid(12, 0), grid(11, 0), [], 3, 4)).toThrow(/donor: has 11 values, a film of 3 × 4 has 12/)
    expect(() => paste(grid(12, 0), grid(12, 0), new Uint8Array(3), 3, 4)).toThrow(/where/)
  })
})

describe('graftFilm', () => {
  const [height, width] = [48, 40]
  const smooth = (phase: number) =>
    Float32Array.from(
      { length: height * width },
      (_, i) => 0.5 + 0.15 * Math.sin((i % width) / 9 + phase) + 0.1 * Math.cos(Math.floor(i / width) / 7 - phase),
    )

  test('the known answer of a graft between a film and itself is the film (phantom answer 3)', () => {
    const film = rng('film').uniforms(height * width)
    const { pasted, blended } = graftFilm({
      film,
      donor: film,
      boxes: [
        [5, 5, 20, 30],
        [18, 20, 36, 40],
      ],
      height,
      width,
    })
    expect(pasted).toEqual(film)
    expect(blended).toEqual(film)
  })

  test('a lesion moved to a lighter film: blending restores it, pasting leaves the difference as a seam', () => {
    const film = smooth(0)
    const lesion = film.map(
      (_, i) => 0.2 * Math.exp(-(((i % width) - 15) ** 2 + (Math.floor(i / width) - 20) ** 2) / 18),
    )
    const truth = film.map((v, i) => v + lesion[i]!)
    const donor = truth.map((v, i) => v - 0.12 + 0.001 * (i % width)) // another exposure: a harmonic difference
    const { pasted, blended, mask } = graftFilm({ film, donor, boxes: [[4, 6, 28, 36]], height, width })
    const worst = (a: Float32Array) =>
      a.reduce((most, v, i) => Math.max(most, mask[i] ? Math.abs(v - truth[i]!) : 0), 0)
    expect(worst(pasted)).toBeGreaterThan(0.09)
    expect(worst(blended)).toBeLessThan(1e-3) // the lesion's own tail at the box's border
  })

  test('the seam: steps across the border come from the film after blending, not after pasting', () => {
    const { pasted, blended, mask } = graftFilm({
      film: smooth(0),
      donor: smooth(1.7).map((v) => v + 0.2),
      boxes: [
        [0, 10, 22, 40],
        [15, 5, 33, 20],
      ],
      height,
      width,
    })
    const seam = (a: Float32Array) => {
      let most = 0
      for (let p = 1; p < a.length; p++)
        if (p % width && mask[p] !== mask[p - 1]) most = Math.max(most, Math.abs(a[p]! - a[p - 1]!))
      return most
    }
    expect(seam(pasted)).toBeGreaterThan(0.15)
    expect(seam(blended)).toBeLessThan(0.08)
  })
})

describe('donorHistogram', () => {
  test('by hand: shares ½, ¼, ¼, so 1 / (¼ + 1/16 + 1/16) = 8/3 effective donors', () => {
    const got = donorHistogram(['b', 'a', 'c', 'b'])
    expect(got.counts).toEqual([
      { donor: 'b', grafts: 2 },
      { donor: 'a', grafts: 1 },
      { donor: 'c', grafts: 1 },
    ])
    expect(got).toMatchObject({ grafts: 4, donors: 3, largestShare: 0.5 })
    expect(got.effectiveDonors).toBeCloseTo(8 / 3, 12)
  })
  test('no grafts', () => {
    expect(donorHistogram([])).toEqual({ counts: [], grafts: 0, donors: 0, largestShare: 0, effectiveDonors: 0 })
  })
})
