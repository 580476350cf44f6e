import { describe, expect, test } from '@jest/globals'
import { boxMask, type Box } from '@radiograft/geometry'
import { rng } from '@radiograft/random'
import { poissonGraft } from '../graft/poissonGraft.ts'
import type { FilmPixels, PoissonOptions } from './correction.ts'
import { poissonBlend } from './poissonBlend.ts'
import { poissonBlendBox } from './poissonBlendBox.ts'

const [h, w] = [40, 50]
const random = (name: string, n = h * w): Float64Array => Float64Array.from(rng(name).uniforms(n))
const formula = (f: (x: number, y: number) => number): Float64Array =>
  Float64Array.from({ length: h * w }, (_, i) => f(i % w, Math.floor(i / w)))
const apart = (a: FilmPixels, b: FilmPixels): number => {
  let most = 0
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i]! - b[i]!))
  return most
}
const mix = (a: Float64Array, b: Float64Array) => a.map((v, i) => 2 * v - 3 * b[i]!)
const mean = (film: Float64Array) => film.reduce((sum, v) => sum + v, 0) / film.length
const row = (...values: number[]) => Float64Array.from(values)
const disc = Uint8Array.from(formula((x, y) => Number((x - 22) ** 2 + (y - 18) ** 2 < 150)))

type Blend = (source: FilmPixels, target: Float64Array, options?: PoissonOptions) => Float64Array
const boxes: Record<string, Box> = {
  'inner box': [7, 5, 41, 29],
  'tall box': [20, 3, 27, 38],
  'left edge': [0, 5, 20, 30],
  'bottom right corner': [30, 22, 50, 40],
}
/** Each way to the same operator: direct, iterative on the same box, iterative on a disc. */
const ways: [string, Uint8Array, Blend, 'direct' | 'iterative'][] = [
  ...Object.entries(boxes).flatMap(([name, box]): [string, Uint8Array, Blend, 'direct' | 'iterative'][] => {
    const mask = boxMask([box], h, w)
    return [
      [`direct, ${name}`, mask, (s, t, o) => poissonBlendBox(s, t, box, h, w, o), 'direct'],
      [`iterative, ${name}`, mask, (s, t, o) => poissonBlend(s, t, mask, h, w, o), 'iterative'],
    ]
  }),
  ['iterative, disc', disc, (s, t, o) => poissonBlend(s, t, disc, h, w, o), 'iterative'],
]

describe.each(ways)('%s', (name, mask, blend, solver) => {
  const source = random('source')
  const target = random('target')
  const rounding = solver === 'direct' ? 1e-12 : 1e-9
  const inner = !/edge|corner/.test(name)

  test('source = target + constant gives the target to 1e-12', () => {
    expect(
      apart(
        blend(
          target.map((v) => v + 0.37),
          target,
        ),
        target,
      ),
    ).toBeLessThan(1e-12)
    expect(apart(blend(target, target), target)).toBe(0)
  })

  test('outside the mask bit-identical, and the films are not changed', () => {
    const [s, t] = [source.slice(), target.slice()]
    const blended = blend(source, target)
    const changed = blended.filter((v, i) => !mask[i] && !Object.is(v, target[i]))
    expect(changed).toHaveLength(0)
    expect([source, target]).toEqual([s, t])
  })

  test('zero guidance leaves a constant unchanged; a ramp and x² − y² too, where nothing is free', () => {
    const zero = { guidance: 'zero' } as const
    const flat = new Float64Array(h * w).fill(0.4)
    expect(apart(blend(source, flat, zero), flat)).toBeLessThan(1e-12)
    if (!inner) return
    for (const harmonic of [formula((x, y) => (x + 2 * y) / 130), formula((x, y) => (x * x - y * y) / 2500)]) {
      expect(apart(blend(source, harmonic, zero), harmonic)).toBeLessThan(rounding)
    }
  })

  test('zero guidance stays between the least and the greatest value around it', () => {
    const blended = blend(source, target, { guidance: 'zero' })
    const around = Array.from(target).filter((_, p) => {
      const [x, y] = [p % w, Math.floor(p / w)]
      const held = [x > 0 && mask[p - 1], x < w - 1 && mask[p + 1], y > 0 && mask[p - w], y < h - 1 && mask[p + w]]
      return !mask[p] && held.some(Boolean)
    })
    const [least, greatest] = [Math.min(...around), Math.max(...around)]
    blended.forEach((v, p) => {
      if (!mask[p]) return
      expect(v).toBeGreaterThanOrEqual(least - 1e-9)
      expect(v).toBeLessThanOrEqual(greatest + 1e-9)
    })
  })

  test('linear in (source, target)', () => {
    const [s2, t2] = [random('source 2'), random('target 2')]
    const whole = blend(mix(source, s2), mix(target, t2))
    expect(apart(whole, mix(blend(source, target), blend(s2, t2)))).toBeLessThan(Math.max(rounding, 1e-11))
  })

  test('the five-point equations hold at every pixel', () => {
    const f = blend(source, target)
    for (let p = 0; p < h * w; p++) {
      if (!mask[p]) continue
      const [x, y] = [p % w, Math.floor(p / w)]
      const sides = [x > 0 ? p - 1 : -1, x < w - 1 ? p + 1 : -1, y > 0 ? p - w : -1, y < h - 1 ? p + w : -1]
      const residual = sides
        .filter((q) => q >= 0)
        .reduce((sum, q) => sum + f[p]! - f[q]! - (source[p]! - source[q]!), 0)
      expect(Math.abs(residual)).toBeLessThan(rounding)
    }
  })
})

test('direct and iterative agree to 1e-9, on films of chance and every kind of side', () => {
  const [source, target] = [random('a'), random('b')]
  const random2 = rng('boxes')
  for (let i = 0; i < 40; i++) {
    const [x0, x1] = Array.from(random2.ints(2, 0, w + 1)).toSorted((a, b) => a - b) as [number, number]
    const [y0, y1] = Array.from(random2.ints(2, 0, h + 1)).toSorted((a, b) => a - b) as [number, number]
    const box: Box = [x0, y0, x1, y1]
    const guidance = (['source', 'mixed', 'zero'] as const)[i % 3]!
    const direct = poissonBlendBox(source, target, box, h, w, { guidance })
    const iterative = poissonBlend(source, target, boxMask([box], h, w), h, w, { guidance })
    expect(apart(direct, iterative)).toBeLessThan(1e-9)
  }
})

describe('by hand', () => {
  test('one row, held at both ends: gradients 1, 2, 3 and an error of 6 spread over three steps', () => {
    // target ends 0 and 0; source steps +1, +2, +3 end at 6: each step gives back 2, so f = 0, −1, −1, 0
    expect(Array.from(poissonBlendBox(row(0, 1, 3, 6), row(0, 9, 9, 0), [1, 0, 3, 1], 1, 4))).toEqual([
      0,
      expect.closeTo(-1, 12),
      expect.closeTo(-1, 12),
      0,
    ])
  })
  test('one row, held on the left only: the source goes on from the target', () => {
    const blended = poissonBlendBox(row(5, 6, 8, 11), row(1, 0, 0, 0), [1, 0, 4, 1], 1, 4)
    expect(apart(blended, row(1, 2, 4, 7))).toBeLessThan(1e-12)
  })
  test('mixed gradients: the stronger of the two at each step', () => {
    // source flat, target steps 0, 4, 4, 8 between held 0 and 8: its own gradients win, so it stays
    const target = row(0, 4, 4, 8)
    expect(
      apart(poissonBlendBox(row(1, 1, 1, 1), target, [1, 0, 3, 1], 1, 4, { guidance: 'mixed' }), target),
    ).toBeLessThan(1e-12)
  })
})

describe('a mask of the whole film holds nothing: the source, at the mean of the target', () => {
  const [source, target] = [random('source'), random('target')]
  const expected = source.map((v) => v + mean(target) - mean(source))
  const whole: Box = [0, 0, w, h]

  test.each([
    ['box', () => poissonBlendBox(source, target, whole, h, w)],
    ['mask', () => poissonBlend(source, target, boxMask([whole], h, w), h, w)],
    ['graft', () => poissonGraft(source, target, [whole, [3, 3, 9, 9]], h, w, { clamp: false })],
  ])('%s', (_, blend) => expect(apart(blend(), expected)).toBeLessThan(1e-12))

  test('mixed gradients: the singular system has a solution, with the five-point equations and the mean', () => {
    const f = poissonBlendBox(source, target, whole, h, w, { guidance: 'mixed' })
    expect(mean(f)).toBeCloseTo(mean(target), 10)
    const v = (p: number, q: number) => {
      const [s, t] = [source[p]! - source[q]!, target[p]! - target[q]!]
      return Math.abs(t) > Math.abs(s) ? t : s
    }
    for (const p of [0, 7, w - 1, 5 * w, 12 * w + 20, h * w - 1]) {
      const [x, y] = [p % w, Math.floor(p / w)]
      const sides = [x > 0 ? p - 1 : -1, x < w - 1 ? p + 1 : -1, y > 0 ? p - w : -1, y < h - 1 ? p + w : -1]
      const residual = sides.filter((q) => q >= 0).reduce((sum, q) => sum + f[p]! - f[q]! - v(p, q), 0)
      expect(Math.abs(residual)).toBeLessThan(1e-10)
    }
  })
})

test('a box outside the film, or thinner than a pixel centre, grafts nothing', () => {
  const [source, target] = [random('source'), random('target')]
  for (const box of [
    [60, 0, 70, 10],
    [5, 5, 5.4, 20],
  ] as const) {
    expect(poissonBlendBox(source, target, box, h, w)).toEqual(target)
    expect(poissonGraft(source, target, [box], h, w)).toEqual(target)
  }
  expect(poissonGraft(source, target, [], h, w)).toEqual(target)
})

test('clamping holds only grafted pixels to [0, 1], and only on request', () => {
  const target = random('target').map((v) => 3 * v - 1) // beyond [0, 1] outside the box, too
  const source = random('source').map((v) => 4 * v)
  const box: Box = [10, 10, 30, 30]
  const mask = boxMask([box], h, w)
  const open = poissonBlendBox(source, target, box, h, w)
  const held = poissonBlendBox(source, target, box, h, w, { clamp: true })
  expect(open.some((v, i) => mask[i] && (v < 0 || v > 1))).toBe(true)
  expect(held).toEqual(open.map((v, i) => (mask[i] ? Math.min(Math.max(v, 0), 1) : v)))
  expect(poissonGraft(source, target, [box], h, w)).toEqual(held)
})

test('the result has the type of the target', () => {
  const target = Float32Array.from(random('target'))
  const source = random('source')
  const blended: Float32Array = poissonGraft(source, target, [[4, 4, 20, 20]], h, w)
  expect(blended).toBeInstanceOf(Float32Array)
  const precise = poissonGraft(source, Float64Array.from(target), [[4, 4, 20, 20]], h, w)
  expect(apart(blended, precise)).toBeLessThan(1e-7)
})

/** Milliseconds a call, after one to warm up. */
const time = (run: () => void): number => {
  run()
  const from = performance.now()
  for (let i = 0; i < 10; i++) run()
  return (performance.now() - from) / 10
}

test('speed: 128² film, box of 40 × 60', () => {
  const [source, target] = [random('s', 128 * 128), random('t', 128 * 128)]
  const box: Box = [30, 30, 70, 90]
  const mask = boxMask([box], 128, 128)
  // a few ms each on one core (README); ten times that before a shared machine fails the test
  expect(time(() => poissonBlendBox(source, target, box, 128, 128))).toBeLessThan(50)
  expect(time(() => poissonBlend(source, target, mask, 128, 128))).toBeLessThan(100)
})

test('refusals', () => {
  const film = random('film')
  const mask = boxMask(
    [
      [3, 3, 9, 9],
      [8, 8, 12, 12],
    ],
    h,
    w,
  )
  expect(() => poissonBlend(film, film.subarray(1), mask, h, w)).toThrow(/target: has 1999 values/)
  expect(() => poissonBlendBox(film.subarray(1), film, [0, 0, 3, 3], h, w)).toThrow(/source/)
  expect(() => poissonBlend(film, film, mask.subarray(1), h, w)).toThrow(/mask/)
  expect(() => poissonBlend(film, film, mask, h, w, { tolerance: 0 })).toThrow(/tolerance/)
  const broken = film.slice().fill(Number.NaN, 0, h * w)
  expect(() => poissonBlend(film, broken, mask, h, w)).toThrow(expect.objectContaining({ _tag: 'BlendError' }))
})
