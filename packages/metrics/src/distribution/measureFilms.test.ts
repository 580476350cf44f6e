import { expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { compareFigures } from './compareFigures.ts'
import type { FilmSet } from './filmSet.ts'
import { IncomparableFiguresError } from './IncomparableFiguresError.ts'
import { measureDiversity } from './measureDiversity.ts'
import { measurePatches } from './measurePatches.ts'

/** Films of noise; `strength` 0 makes them one film. */
const set = (name: string, count: number, strength = 1, side = 48): FilmSet => {
  const common = rng('common').uniforms(side * side)
  const pixels = new Float64Array(count * side * side)
  for (let i = 0; i < count; i++) {
    const own = rng(name)
      .fork(i)
      .uniforms(side * side)
    for (let p = 0; p < side * side; p++) pixels[i * side * side + p] = (1 - strength) * common[p]! + strength * own[p]!
  }
  const units = Array.from({ length: count }, (_, i) => `${name} ${i}`)
  return { pixels, count, height: side, width: side, units, resizeFilter: 'box' }
}

test('diversity: of fakes beside that of reals', () => {
  const [real, fake] = [
    measureDiversity(set('real', 12), 'real', rng(1), { pairs: 30, resamples: 100 }),
    measureDiversity(set('fake', 10, 0.3), 'fake', rng(1), { pairs: 30, resamples: 100 }),
  ]
  expect(real).toMatchObject({
    metric: 'diversity-ms-ssim-3scales-renormalised-pairs30-pixels-48x48-n12',
    n: { real: 12, fake: null },
    units: { real: 12, fake: null },
    dims: 2304,
    extractor: { name: 'pixels-48x48', sha256: null, resizeFilter: 'box' },
  })
  expect(fake.n).toEqual({ real: null, fake: 10 })
  for (const { low, value, high } of [real, fake]) expect(low < value && value < high).toBe(true)
  expect(compareFigures(fake, real)).toBeGreaterThan(0.3)
  const one = measureDiversity(set('fake', 10, 0), 'fake', rng(1), { pairs: 30, resamples: 100 })
  expect(one.value).toBeCloseTo(1, 12)
  expect(one.low).toBeCloseTo(1, 12)
})

test('diversity by hand: a resample weighs pairs by both their units', () => {
  // flat films of 0, 1, 1: pairs s, s, 1; of 27 draws of three, six hold each once, and (a, a, b) and the like one pair alone
  const pixels = new Float64Array(3 * 41 * 41).fill(1).fill(0, 0, 41 * 41)
  const films = { pixels, count: 3, height: 41, width: 41, units: ['a', 'b', 'c'], resizeFilter: 'none' }
  const s = (1e-4 / (1 + 1e-4)) ** (0.3001 / 0.6305)
  const figure = measureDiversity(films, 'fake', rng(1), { resamples: 20_000 })
  expect(figure.value).toBeCloseTo((2 * s + 1) / 3, 12)
  // of 24 draws that have a pair, 6 give (2s + 1)/3, 12 give s, 6 give 1
  const all = [
    ...Array.from({ length: 6 }, () => (2 * s + 1) / 3),
    ...Array.from({ length: 12 }, () => s),
    1,
    1,
    1,
    1,
    1,
    1,
  ]
  const mean = all.reduce((sum, v) => sum + v, 0) / 24
  expect(figure.se).toBeCloseTo(Math.sqrt(all.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 24), 2)
})

test('patches: the figure and its interval', () => {
  const options = { patches: 16, directions: 16, resamples: 40 }
  const [real, fake] = [set('real', 8, 0.7), set('fake', 8, 0.7)]
  const floor = measurePatches(real, set('held out', 8, 0.7), rng(1), options)
  const figure = measurePatches(real, fake, rng(1), options)
  expect(figure).toMatchObject({
    metric: 'swd-patches7x16-directions16-pixels-48x48-n8',
    dims: 49,
    n: { real: 8, fake: 8 },
    units: { real: 8, fake: 8 },
  })
  expect(figure.low < figure.value && figure.value < figure.high).toBe(true)
  expect(figure.low).toBeGreaterThanOrEqual(0)
  expect(Math.abs(compareFigures(figure, floor))).toBeLessThan(figure.value)
  expect(measurePatches(real, real, rng(1), options).value).toBe(0)
})

test('films of another size or filter are not compared', () => {
  const [real, fake] = [set('real', 4), { ...set('fake', 4), resizeFilter: 'bicubic' }]
  expect(() => measurePatches(real, fake, rng(1))).toThrow(IncomparableFiguresError)
  expect(() => measurePatches(real, set('fake', 4, 1, 32), rng(1))).toThrow(/pixels-48x48 and pixels-32x32/)
  expect(() => measureDiversity({ ...real, units: ['a'] }, 'real', rng(1))).toThrow(/1 units for 4 films/)
})
