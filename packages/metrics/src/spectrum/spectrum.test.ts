import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { checkerboardEnergy } from './checkerboardEnergy.ts'
import { fft } from './fft.ts'
import { powerSpectrum } from './powerSpectrum.ts'
import { radialSpectrum } from './radialSpectrum.ts'
import { transposedOverlap } from './transposedOverlap.ts'

const oracle = JSON.parse(readFileSync(new URL('../fixtures/spectrum.json', import.meta.url), 'utf8')) as {
  height: number
  width: number
  film: number[]
  power: number[]
  radial: number[]
  transposed: { side: number; stride: number; size: number; kernel: number[]; output: number[]; energy: number }[]
}

describe('fft', () => {
  test('by hand: 1, 2, 3, 4', () => {
    const [re, im] = [Float64Array.of(1, 2, 3, 4), new Float64Array(4)]
    fft(re, im)
    expect([...re].map((v) => Math.round(v * 1e12) / 1e12)).toEqual([10, -2, -2, -2])
    expect([...im].map((v) => Math.round(v * 1e12) / 1e12)).toEqual([0, 2, 0, -2])
  })
  test('a wave of three cycles stands at 3, with its direction', () => {
    const wave = (f: (x: number) => number) =>
      Float64Array.from({ length: 32 }, (_, n) => f((2 * Math.PI * 3 * n) / 32))
    const [re, im] = [wave(Math.cos), wave(Math.sin)]
    fft(re, im)
    re.forEach((v, k) => expect(v).toBeCloseTo(k === 3 ? 32 : 0, 10))
  })
  test('refusals', () => {
    expect(() => fft(new Float64Array(6), new Float64Array(6))).toThrow(/power of two, got 6/)
    expect(() => fft(new Float64Array(4), new Float64Array(2))).toThrow(/re has 4/)
  })
})

describe('powerSpectrum', () => {
  test('a constant is its mean, and nothing else', () => {
    const { power } = powerSpectrum([new Float64Array(32).fill(3)], 4, 8)
    expect([...power]).toEqual([9, ...Array.from({ length: 31 }, () => 0)])
  })
  test('numpy, on a film that is not square (tools/oracles/metrics_spectrum.py)', () => {
    const { film, height, width } = oracle
    const spectrum = powerSpectrum([film], height, width)
    spectrum.power.forEach((p, i) => expect(p).toBeCloseTo(oracle.power[i]!, 12))
    const radial = radialSpectrum(spectrum)
    expect(radial).toHaveLength(oracle.radial.length)
    radial.forEach((p, i) => expect(p).toBeCloseTo(oracle.radial[i]!, 12))
  })
  test('Parseval, and the mean over films', () => {
    const [a, b] = [rng('a').uniforms(64), rng('b').uniforms(64)]
    const { power } = powerSpectrum([a, b], 8, 8)
    const squares = [...a, ...b].reduce((sum, v) => sum + v * v, 0) / 128
    expect(power.reduce((sum, p) => sum + p, 0)).toBeCloseTo(squares, 12)
  })
  test('refusals', () => {
    expect(() => powerSpectrum([], 4, 4)).toThrow(/no film/)
    expect(() => powerSpectrum([new Float64Array(9)], 4, 4)).toThrow(/film 0 has 9 pixels/)
    expect(() => powerSpectrum([new Float64Array(12)], 3, 4)).toThrow(/power of two, got 3/)
  })
})

test('radialSpectrum: a wave lies in the ring of its length, whatever its direction', () => {
  const film = Float64Array.from({ length: 256 }, (_, i) =>
    Math.cos((2 * Math.PI * (3 * (i % 16) + 4 * Math.floor(i / 16))) / 16),
  )
  const radial = radialSpectrum(powerSpectrum([film], 16, 16))
  expect(radial).toHaveLength(9)
  // power ½ in two of the frequencies of ring 5
  expect(radial.findIndex((p) => p > 1e-6)).toBe(5)
  expect(radial.filter((p) => p > 1e-6)).toHaveLength(1)
})

/** Transposed convolution without padding as its definition says: each input pixel adds the kernel at stride · its place. */
const transposed = (kernel: readonly number[], stride: number, side: number, input: number): Float64Array => {
  const size = (input - 1) * stride + side
  const out = new Float64Array(size * size)
  for (let y = 0; y < input; y++)
    for (let x = 0; x < input; x++)
      kernel.forEach((w, k) => {
        out[(y * stride + Math.floor(k / side)) * size + x * stride + (k % side)]! += w
      })
  return out
}
/** [to, to] from a place on. */
const crop = (film: ArrayLike<number>, size: number, from: number, to: number): Float64Array =>
  Float64Array.from({ length: to * to }, (_, i) => film[(from + Math.floor(i / to)) * size + from + (i % to)]!)
const ones = (side: number) => Array.from({ length: side * side }, () => 1)

describe('checkerboard of a transposed convolution on constant input', () => {
  test('by hand: 3 by 2 overlaps 4, 2, 2, 1: mean 9/4, energy 25/4 − 81/16', () => {
    const { phases, mean, energy } = transposedOverlap(ones(3), 2)
    expect([...phases]).toEqual([4, 2, 2, 1])
    expect([mean, energy]).toEqual([2.25, 1.1875])
    const film = crop(transposed(ones(3), 2, 3, 20), 41, 4, 32)
    const got = checkerboardEnergy(powerSpectrum([film], 32, 32), 2)
    expect(got.energy).toBeCloseTo(1.1875, 12)
    expect(got.rms).toBeCloseTo(Math.sqrt(1.1875), 12)
    expect(got.share).toBeCloseTo(1, 12)
    expect(got.peak).toBeGreaterThan(1e20)
  })

  test('4 by 2 is even: 4 everywhere, no energy', () => {
    expect([...transposedOverlap(ones(4), 2).phases]).toEqual([4, 4, 4, 4])
    const film = crop(transposed(ones(4), 2, 4, 20), 42, 4, 32)
    expect(checkerboardEnergy(powerSpectrum([film], 32, 32), 2)).toEqual({ energy: 0, rms: 0, share: 0, peak: 1 })
  })

  test('learnt weights, strides 2 and 4: the closed form, and torch (tools/oracles/metrics_spectrum.py)', () => {
    for (const { side, stride, size, kernel, output, energy } of oracle.transposed) {
      const closed = transposedOverlap(kernel, stride)
      expect(closed.energy).toBeCloseTo(energy, 12)
      const film = crop(output, size, Math.ceil(side / stride) * stride, 16)
      const spectrum = powerSpectrum([film], 16, 16)
      expect(checkerboardEnergy(spectrum, stride).energy).toBeCloseTo(closed.energy, 10)
      expect(spectrum.power[0]!).toBeCloseTo(closed.mean ** 2, 10)
      transposed(kernel, stride, side, 12).forEach((v, i) => expect(v).toBeCloseTo(output[i]!, 10))
    }
  })
})

describe('checkerboardEnergy on films', () => {
  const smooth = (seed: string): Float64Array => {
    const [a, b, c] = rng(seed).uniforms(3) as unknown as [number, number, number]
    const noise = rng(seed)
      .fork('noise')
      .normals(64 * 64)
    return Float64Array.from({ length: 64 * 64 }, (_, i) => {
      const [y, x] = [Math.floor(i / 64) / 64, (i % 64) / 64]
      return 0.5 + 0.3 * a * y + 0.3 * b * Math.sin(4 * x + c) + 0.01 * noise[i]!
    })
  }
  const board = (film: Float64Array, height: number, stride: number): Float64Array =>
    film.map((v, i) => v + (Math.floor(i / 64) % stride === 0 && (i % 64) % stride === 0 ? height : 0))
  const real = Array.from({ length: 8 }, (_, i) => smooth(`film ${i}`))

  test('without a pattern there is no peak, though opposite edges differ; a faint pattern is one', () => {
    const [none, faint] = [real, real.map((film) => board(film, 0.02, 2))].map(
      (films) => checkerboardEnergy(powerSpectrum(films, 64, 64), 2).peak,
    )
    expect(none).toBeGreaterThan(0.3)
    expect(none).toBeLessThan(3)
    expect(faint).toBeGreaterThan(100)
  })

  test('the energy is the variance of the phases’ means', () => {
    const film = board(real[0]!, 0.02, 4)
    const means = Array.from({ length: 16 }, (_, phase) => {
      let sum = 0
      for (let y = Math.floor(phase / 4); y < 64; y += 4)
        for (let x = phase % 4; x < 64; x += 4) sum += film[y * 64 + x]!
      return sum / 256
    })
    const mean = means.reduce((s, v) => s + v, 0) / 16
    const variance = means.reduce((s, v) => s + (v - mean) ** 2, 0) / 16
    expect(checkerboardEnergy(powerSpectrum([film], 64, 64), 4).energy).toBeCloseTo(variance, 12)
  })

  test('a pattern of period 4 is not seen with stride 2 alone in full', () => {
    const spectrum = powerSpectrum([board(new Float64Array(64 * 64), 1, 4)], 64, 64)
    // one of 16 pixels at 1: variance 1/16 − 1/256; its part of period 2 is 1/4 in one of four phases: 1/16 · (1/4 − 1/16)
    expect(checkerboardEnergy(spectrum, 4).energy).toBeCloseTo(15 / 256, 12)
    expect(checkerboardEnergy(spectrum, 2).energy).toBeCloseTo(3 / 256, 12)
  })

  test('refusals', () => {
    const spectrum = powerSpectrum([new Float64Array(64)], 8, 8)
    expect(() => checkerboardEnergy(spectrum, 3)).toThrow(/3 does not divide 8 x 8/)
    expect(() => checkerboardEnergy(spectrum, 1)).toThrow(/2 or more/)
    expect(() => checkerboardEnergy(spectrum, 4)).toThrow(/no frequencies between/)
    expect(() => transposedOverlap([1, 2], 2)).toThrow(/square/)
    expect(() => transposedOverlap([1], 0)).toThrow(expect.objectContaining({ _tag: 'MetricError' }))
  })
})
