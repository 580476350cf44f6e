import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { kernelMeasure } from '@radiograft/metrics/distribution'
import { rng } from '@radiograft/random'
import type { Corruption } from '../corruptions/corruptions.ts'
import { pixelExtractor } from '../extractors/pixelExtractor.ts'
import type { FilmStream } from '../FilmStream.ts'
import { corruptionLadder, ladderFeatures } from './corruptionLadder.ts'
import { patientHalves } from './patientHalves.ts'
import { spearmanRho } from './spearmanRho.ts'

describe('spearmanRho', () => {
  const { ranks } = JSON.parse(readFileSync(new URL('../fixtures/corruptions.json', import.meta.url), 'utf8')) as {
    readonly ranks: ReadonlyArray<{ readonly x: number[]; readonly y: number[]; readonly rho: number }>
  }
  test.each(ranks)('scipy: $rho', ({ x, y, rho }) => expect(spearmanRho(x, y)).toBeCloseTo(rho, 12))
  test('1 for any rising curve, one swap of neighbours of six: 1 − 6·2/(6·35)', () => {
    expect(spearmanRho([0, 1, 2, 3, 4, 5], [-4, -3, 0, 1, 100, 101])).toBe(1)
    expect(spearmanRho([0, 1, 2, 3, 4, 5], [0, 2, 1, 3, 4, 5])).toBeCloseTo(1 - 12 / 210, 12)
  })
  test('refusals', () => {
    expect(() => spearmanRho([1, 2], [3, 3])).toThrow(/equal/)
    expect(() => spearmanRho([1], [1])).toThrow(/two or more/)
  })
})

test('halves: no patient on both sides, as even as patients allow', () => {
  const units = Array.from({ length: 41 }, (_, i) => `patient ${Math.floor(i / 2)}`)
  for (let seed = 0; seed < 10; seed++) {
    const [a, b] = patientHalves(units, rng(seed))
    expect([...a, ...b].toSorted((x, y) => x - y)).toEqual([...units.keys()])
    const left = new Set(a.map((i) => units[i]))
    expect(b.filter((i) => left.has(units[i]))).toEqual([])
    expect(Math.abs(a.length - b.length)).toBeLessThanOrEqual(2)
  }
  expect(() => patientHalves(['a', 'a'], rng(1))).toThrow(/one patient/)
})

const SIDE = 8
/** Films of one grey level each, about ½. */
const levels = Array.from(rng('levels').normals(60), (n) => 0.5 + 0.02 * n)
const flat: FilmStream = {
  ids: levels.map((_, i) => `film ${i}`),
  units: levels.map((_, i) => `patient ${i}`),
  height: SIDE,
  width: SIDE,
  pixels: () => levels.map((level) => new Float32Array(SIDE * SIDE).fill(level)),
}
/** Lightens by the amount: what it does to the mean is known. */
const lighten = (amounts: ReadonlyArray<number>): Corruption => ({
  name: 'contrast',
  unit: 'grey levels',
  amounts,
  apply: ({ pixels }, amount) => pixels.map((x) => x + amount),
})
const extractor = pixelExtractor(2)

describe('the ladder', () => {
  test('every film of one half at every strength, the other half as it is', async () => {
    const seen: number[] = []
    const { reference, clean, corrupted } = await ladderFeatures(extractor, flat, rng(4), {
      corruptions: [lighten([0.125, 0.25]), lighten([0.0625])],
      onProgress: (done) => seen.push(done),
    })
    expect(seen).toEqual(levels.map((_, i) => i + 1))
    expect([reference.rows, clean.rows]).toEqual([30, 30])
    expect([...reference.units, ...clean.units].toSorted()).toEqual([...flat.units].toSorted())
    const levelOf = (unit: string): number => Math.fround(levels[Number(unit.split(' ')[1])]!)
    for (const [set, amount] of [
      [reference, 0],
      [clean, 0],
      [corrupted[0]!.sets[0]!, 0.125],
      [corrupted[0]!.sets[1]!, 0.25],
      [corrupted[1]!.sets[0]!, 0.0625],
    ] as const)
      set.units.forEach((unit, i) => expect(set.values[4 * i + 3]).toBeCloseTo(levelOf(unit) + amount, 6))
  })

  test('a film draws its own numbers, the same at every strength', async () => {
    const drawn: Corruption = {
      ...lighten([1, 2]),
      apply: ({ pixels }, _, stream) => pixels.map(() => stream.fork('x').uniform()),
    }
    const { corrupted } = await ladderFeatures(extractor, flat, rng(4), { corruptions: [drawn] })
    const [one, two] = corrupted[0]!.sets.map((set) => [...set.values])
    expect(one).toEqual(two)
    expect(new Set(one).size).toBe(30)
  })

  test('a measure that rises has rho 1, one that does not has not; five figures beside the base', async () => {
    const options = { resamples: 50 }
    const amounts = [0.02, 0.04, 0.08, 0.16, 0.32]
    const [up] = await corruptionLadder(kernelMeasure, extractor, flat, rng(4), {
      ...options,
      corruptions: [lighten(amounts)],
    })
    expect(up).toMatchObject({ corruption: 'contrast', unit: 'grey levels', rho: 1 })
    expect(up!.rungs.map(({ strength, amount }) => [strength, amount])).toEqual(
      [0, ...amounts].map((amount, s) => [s, amount]),
    )
    for (const { figure } of up!.rungs) {
      expect(figure.metric).toBe('kid-pixels-2x2-n30')
      expect(figure.low).toBeLessThan(figure.value)
      expect(figure.high).toBeGreaterThan(figure.value)
    }
    const [swapped] = await corruptionLadder(kernelMeasure, extractor, flat, rng(4), {
      ...options,
      corruptions: [lighten([0.02, 0.04, 0.16, 0.08, 0.32])],
    })
    expect(swapped!.rho).toBeCloseTo(1 - 12 / 210, 12)
    // one base for all corruptions and strengths: the same films, the same resamples
    expect(swapped!.rungs[0]).toEqual(up!.rungs[0])
    const again = await corruptionLadder(kernelMeasure, extractor, flat, rng(4), {
      ...options,
      corruptions: [lighten(amounts)],
    })
    expect(again[0]).toEqual(up)
  })

  test('stopped, and films of another size', async () => {
    const stopped = AbortSignal.abort(new Error('stopped'))
    await expect(ladderFeatures(extractor, flat, rng(1), { signal: stopped })).rejects.toThrow(/stopped/)
    const mixed = { ...flat, pixels: () => [new Float32Array(64), new Float32Array(49), ...Array.from({ length: 58 }, () => new Float32Array(64))] } // prettier-ignore
    await expect(ladderFeatures(extractor, mixed, rng(1))).rejects.toThrow(/49 pixels/)
  })
})
