import { expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { diversity } from './diversity.ts'
import { oracle, oracleFilm } from './fixtures/oracle.ts'
import { multiScaleSsim, ssimScales } from './multiScaleSsim.ts'

const flat = (value: number, side = 41): Float64Array => new Float64Array(side * side).fill(value)
const square = { height: 41, width: 41 }

test('by hand: flat films have cs = 1, so the luminance of the coarsest scale is left', () => {
  const luminance = (2 * 0.5 * 0.25 + 1e-4) / (0.25 + 0.0625 + 1e-4)
  const weight = 0.3001 / (0.0448 + 0.2856 + 0.3001)
  const { name, value } = multiScaleSsim(flat(0.5), flat(0.25), square)
  expect(name).toBe('ms-ssim-3scales-renormalised')
  expect(value).toBeCloseTo(luminance ** weight, 12)
  // C₁ = (.01 L)²: films and range 255 times as large say the same
  expect(multiScaleSsim(flat(127.5), flat(63.75), square, { dataRange: 255 }).value).toBeCloseTo(value, 12)
})

test('five scales from 161 pixels on, three from 41 on, none below', () => {
  expect(ssimScales(161, 400)).toMatchObject({ name: 'ms-ssim-5scales' })
  expect(ssimScales(400, 160)).toMatchObject({ name: 'ms-ssim-3scales-renormalised' })
  expect(ssimScales(41, 41).weights).toHaveLength(3)
  expect(ssimScales(41, 41).weights.reduce((s, w) => s + w)).toBeCloseTo(1, 14)
  expect(ssimScales(161, 161).weights).toEqual([0.0448, 0.2856, 0.3001, 0.2363, 0.1333])
  expect(() => ssimScales(40, 300)).toThrow(/41 pixels.*slicedWasserstein or kernelDistance/)
})

test('equal films: 1, at odd sizes too; a film and its negative: 0', () => {
  const film = oracleFilm(163, 175, 0)
  expect(multiScaleSsim(film, film, { height: 163, width: 175 }).value).toBeCloseTo(1, 14)
  const negative = film.map((v) => 1 - v)
  expect(multiScaleSsim(film, negative, { height: 163, width: 175 }).value).toBe(0)
})

test('scikit-image and torchmetrics scale by scale', () => {
  for (const { height, width, scales, value, torchmetrics } of oracle.ssim) {
    const a = oracleFilm(height, width, 0)
    const other = oracleFilm(height, width, 1)
    const b = a.map((v, i) => 0.8 * v + 0.2 * other[i]!)
    const got = multiScaleSsim(a, b, { height, width })
    expect(got.name).toMatch(`${scales}scales`)
    expect(got.value).toBeCloseTo(value, 10)
    // torchmetrics itself takes the coarsest scale over mirrored borders too
    if (torchmetrics !== null) expect(Math.abs(got.value - torchmetrics)).toBeLessThan(1e-4)
  }
})

test('refusals', () => {
  expect(() => multiScaleSsim(flat(1), flat(1, 40), square)).toThrow(/b: has 1600 pixels/)
})

const films = (count: number, film: (i: number) => Float64Array) => {
  const pixels = new Float64Array(count * 41 * 41)
  for (let i = 0; i < count; i++) pixels.set(film(i), i * 41 * 41)
  return { pixels, count, ...square }
}
const noise = (i: number): Float64Array => Float64Array.from(rng(`film ${i}`).uniforms(41 * 41))
const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `${i}`)

test('one film again and again: 1, in every pair', () => {
  const { name, value, perPair } = diversity(
    films(12, () => noise(3)),
    names(12),
    rng(1),
    { pairs: 20 },
  )
  expect(name).toBe('diversity-ms-ssim-3scales-renormalised')
  expect(value).toBeCloseTo(1, 13)
  expect(perPair).toHaveLength(20)
  expect(diversity(films(12, noise), names(12), rng(1), { pairs: 20 }).value).toBeLessThan(0.5)
})

test('by hand: all pairs of flat films, but none within a unit', () => {
  const set = films(3, (i) => flat([0, 1, 1][i]!))
  const dark = (1e-4 / (1 + 1e-4)) ** (0.3001 / 0.6305)
  const every = diversity(set, ['a', 'b', 'c'], rng(1))
  expect(every.pairs).toEqual([
    [0, 1],
    [0, 2],
    [1, 2],
  ])
  expect(every.value).toBeCloseTo((2 * dark + 1) / 3, 12)
  expect(diversity(set, ['a', 'b', 'b'], rng(1)).value).toBeCloseTo(dark, 12)
})

test.each([10, 40])('%p pairs of 10 films: each once, of two units, the same every time', (pairs) => {
  const set = films(10, (i) => flat(i / 10))
  const units = names(10).map((n) => `${Math.floor(Number(n) / 2)}`) // 45 − 5 pairs
  const got = diversity(set, units, rng(4), { pairs })
  expect(got.pairs).toHaveLength(pairs)
  expect(new Set(got.pairs.map(String)).size).toBe(pairs)
  for (const [i, j] of got.pairs) expect(i < j && units[i] !== units[j]).toBe(true)
  expect(diversity(set, units, rng(4), { pairs }).pairs).toEqual(got.pairs)
})

test('many films, few pairs: each once, in order and of two units', () => {
  const set = films(30, () => flat(0.5))
  const units = names(30).map((n) => `${Number(n) % 3}`) // a third of what is drawn lies within a unit
  const { pairs } = diversity(set, units, rng(9), { pairs: 25 })
  expect(new Set(pairs.map(String)).size).toBe(25)
  for (const [i, j] of pairs) expect(i < j && units[i] !== units[j]).toBe(true)
})

test('refusals of sets', () => {
  const set = films(3, noise)
  expect(() => diversity(set, ['a', 'b'], rng(1))).toThrow(/2 for 3 films/)
  expect(() => diversity(set, ['a', 'a', 'a'], rng(1))).toThrow(/one unit/)
  expect(() => diversity(set, ['a', 'b', 'c'], rng(1), { pairs: 0 })).toThrow(/1 or more/)
  expect(() => diversity({ ...set, count: 2 }, ['a', 'b'], rng(1))).toThrow(/pixels for 2 films/)
})
