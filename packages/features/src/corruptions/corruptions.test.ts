import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { renderCohort } from '@radiograft/data-io'
import { psnr } from '@radiograft/metrics'
import { rng } from '@radiograft/random'
import { addNoise } from './addNoise.ts'
import { blur } from './blur.ts'
import { corrupt, corruptions } from './corruptions.ts'
import { occlude } from './occlude.ts'
import { reduceContrast } from './reduceContrast.ts'
import { swirl } from './swirl.ts'

interface Fixture {
  readonly films: ReadonlyArray<{
    readonly height: number
    readonly width: number
    readonly film: ReadonlyArray<number>
    readonly blurred: ReadonlyArray<{ readonly sigma: number; readonly out: ReadonlyArray<number> }>
    readonly swirled: ReadonlyArray<{ readonly turn: number; readonly out: ReadonlyArray<number> }>
  }>
}
const { films } = JSON.parse(readFileSync(new URL('../fixtures/corruptions.json', import.meta.url), 'utf8')) as Fixture
const worst = (ours: Float32Array, theirs: ReadonlyArray<number>): number =>
  Math.max(...Array.from(ours, (value, i) => Math.abs(value - theirs[i]!)))

describe.each(films)('$height x $width', ({ height, width, film, blurred, swirled }) => {
  const pixels = Float32Array.from(film, (level) => level / 255)
  test.each(blurred)('scipy’s blur, sigma $sigma of the side', ({ sigma, out }) => {
    expect(worst(blur({ pixels, height, width }, sigma), out)).toBeLessThan(1e-6)
  })
  test.each(swirled)('scikit-image’s swirl, $turn radians', ({ turn, out }) => {
    // scikit-image interpolates in the precision of the film, ours reads float32 pixels
    expect(worst(swirl({ pixels, height, width }, turn), out)).toBeLessThan(2e-6)
  })
})

test('noise: of this standard deviation, clipped', () => {
  const grey = { pixels: new Float32Array(40_000).fill(0.5), height: 200, width: 200 }
  const noisy = addNoise(grey, 0.08, rng(1))
  const mean = noisy.reduce((sum, x) => sum + x, 0) / noisy.length
  const deviation = Math.sqrt(noisy.reduce((sum, x) => sum + (x - mean) ** 2, 0) / noisy.length)
  // standard errors: σ/200 and σ/283
  expect(mean).toBeCloseTo(0.5, 2)
  expect(Math.abs(deviation - 0.08)).toBeLessThan(0.001)
  const black = addNoise({ ...grey, pixels: new Float32Array(40_000) }, 0.16, rng(1))
  expect(Math.min(...black)).toBe(0)
  expect(black.filter((x) => x === 0).length).toBeGreaterThan(19_000)
})

test('contrast: about the mean', () => {
  const film = { pixels: Float32Array.of(0, 0.25, 0.5, 1.0, 0.0, 0.5), height: 2, width: 3 } // mean ⅜
  const out = reduceContrast(film, 0.5)
  ;[0.1875, 0.3125, 0.4375, 0.6875, 0.1875, 0.4375].forEach((value, i) => expect(out[i]).toBeCloseTo(value, 7))
})

test('occlusion: one square of the mean, wholly inside, elsewhere bit for bit', () => {
  const pixels = rng('film').uniforms(20 * 30)
  const mean = Math.fround(pixels.reduce((sum, x) => sum + x, 0) / 600)
  const places = new Set<number>()
  for (let i = 0; i < 60; i++) {
    const out = occlude({ pixels, height: 20, width: 30 }, 0.25, rng(i))
    const changed = [...out.keys()].filter((k) => out[k] !== pixels[k])
    // 5 x 5 of 20 rows
    expect(changed).toHaveLength(25)
    expect(new Set(changed.map((k) => out[k]))).toEqual(new Set([mean]))
    const [first, last] = [changed[0]!, changed.at(-1)!]
    expect(last - first).toBe(4 * 30 + 4)
    places.add(first)
  }
  expect(places.size).toBeGreaterThan(40)
  expect(new Set(occlude({ pixels, height: 20, width: 30 }, 1, rng(1)).subarray(0, 20)).size).toBeLessThanOrEqual(20)
})

describe('on the phantom', () => {
  const rendered = (async () => {
    const found: Float32Array[] = []
    for await (const { pixels } of renderCohort({ films: 6, size: 128, seed: 5, workers: 0 }))
      found.push(Float32Array.from(pixels, (level) => level / 255))
    return found
  })()
  test.each(corruptions)('$name: the weakest above 35 dB for every film, each step worse', async (corruption) => {
    for (const [i, pixels] of (await rendered).entries()) {
      const film = { pixels, height: 128, width: 128 }
      const of = (strength: number) => corrupt(corruption, film, strength, rng('ladder').fork(i))
      const levels = [1, 2, 3, 4, 5].map((strength) => psnr(pixels, of(strength)))
      expect(levels[0]).toBeGreaterThan(35)
      // a square may come to lie where it shows less than a smaller one
      if (corruption.name !== 'occlusion') expect(levels).toEqual(levels.toSorted((a, b) => b - a))
      expect(levels[4]).toBeLessThan(28)
      const strongest = of(5)
      expect(strongest.every((x) => x >= 0 && x <= 1)).toBe(true)
      // the same stream, the same film; strength 0 is the film itself, and another array
      expect(of(5)).toEqual(strongest)
      expect(of(0)).toEqual(pixels)
      expect(of(0)).not.toBe(pixels)
    }
  })
})

test('refusals', () => {
  const film = { pixels: new Float32Array(4), height: 2, width: 2 }
  expect(() => corrupt(corruptions[0]!, film, 6, rng(1))).toThrow(/from 0 to 5, got 6/)
  expect(() => corrupt(corruptions[0]!, { ...film, width: 3 }, 1, rng(1))).toThrow(/4 pixels are no film of 2 x 3/)
})
