import { expect, it } from '@jest/globals'
import { drawLatents } from './drawLatents.ts'
import { interpolateLatents } from './interpolateLatents.ts'
import { latentWay } from './latentWay.ts'

const sphere = { latent: 16, prior: 'sphere' } as const
const uniform = { latent: 16, prior: 'uniform' } as const
const length = (z: ArrayLike<number>): number => Math.sqrt(Array.from(z).reduce((sum, v) => sum + v * v, 0))
const angle = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.acos(Math.min(1, Array.from(a).reduce((sum, v, i) => sum + v * b[i]!, 0) / (length(a) * length(b))))

it('by hand: a quarter circle in three steps of 30°, on the sphere of radius √2', () => {
  const r = Math.SQRT2
  const found = [0, 1 / 3, 2 / 3, 1].map((t) => [...interpolateLatents([5, 0], [0, 0.1], t)])
  const wanted = [0, 30, 60, 90]
    .map((degrees) => (degrees * Math.PI) / 180)
    .map((w) => [r * Math.cos(w), r * Math.sin(w)])
  found.forEach((z, i) => z.forEach((v, k) => expect(v).toBeCloseTo(wanted[i]![k]!, 12)))
  expect([...interpolateLatents([1, 0], [0, 0.5], 0.25, 'uniform')]).toEqual([0.75, 0.125])
  const same = interpolateLatents([1, 1], [2, 2], 0.3)
  expect([same[0]!, same[1]!].map((v) => v.toFixed(12))).toEqual(['1.000000000000', '1.000000000000'])
  expect(() => interpolateLatents([1, 0], [-2, 0], 0.5)).toThrow('latents: lie opposite each other')
  expect(() => interpolateLatents([1, 0], [1], 0.5)).toThrow('latents: have 2 and 1 numbers')
})

it('draws from the prior, each film by its own number', () => {
  const few = drawLatents(sphere, { seed: 3, films: 2 })
  const many = drawLatents(sphere, { seed: 3, films: 200 })
  expect(many.slice(0, 2)).toEqual(few)
  expect(many.every((z) => Math.abs(length(z) - 4) < 1e-6)).toBe(true)
  expect(drawLatents(sphere, { seed: 4, films: 1 })[0]).not.toEqual(few[0])
  const flat = drawLatents(uniform, { seed: 3, films: 200 }).flatMap((z) => [...z])
  expect(flat.every((v) => v > -1 && v < 1)).toBe(true)
  // 3,200 uniforms of (−1, 1): mean 0 and variance 1/3, within four standard errors
  const [mean, square] = [flat.reduce((a, b) => a + b, 0) / 3200, flat.reduce((a, b) => a + b * b, 0) / 3200]
  expect(Math.abs(mean)).toBeLessThan((4 * Math.sqrt(1 / 3)) / Math.sqrt(3200))
  expect(Math.abs(square - 1 / 3)).toBeLessThan((4 * Math.sqrt(4 / 45)) / Math.sqrt(3200))
})

it('truncation: angles to the centre shrink by ψ on the sphere, numbers by ψ in the cube', () => {
  const draw = (of: typeof sphere | typeof uniform, truncation?: number) =>
    drawLatents(of, { seed: 3, films: 3, ...(truncation !== undefined && { truncation }) })
  const [whole, half, none] = [draw(sphere), draw(sphere, 0.5), draw(sphere, 0)]
  for (const [i, z] of half.entries()) {
    expect(length(z)).toBeCloseTo(4, 5)
    expect(angle(z, none[0]!)).toBeCloseTo(angle(whole[i]!, none[0]!) / 2, 5)
    expect(none[i]).toEqual(none[0])
  }
  const plain = draw(uniform)
  draw(uniform, 0.5).forEach((z, i) => z.forEach((v, k) => expect(v).toBeCloseTo(plain[i]![k]! / 2, 6)))
  expect(() => draw(sphere, 1.5)).toThrow('truncation: 1.5 is not in [0, 1]')
})

it('a way goes through all latents in equal angles', () => {
  const latents = drawLatents(sphere, { seed: 3, films: 3 })
  expect(latentWay(latents, 1)).toEqual(latents)
  const way = latentWay(latents, 4)
  expect([way.length, way[0], way[4], way[8]]).toEqual([9, ...latents])
  for (let i = 0; i < 8; i++)
    expect(angle(way[i]!, way[i + 1]!)).toBeCloseTo(angle(latents[i >> 2]!, latents[(i >> 2) + 1]!) / 4, 4)
})
