import { describe, expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { confusionCounts } from './confusionCounts.ts'
import { equalNumbersDistance } from './equalNumbersDistance.ts'
import { realSplitSpread } from './realSplitSpread.ts'
import { shareDistanceBootstrap } from './shareDistanceBootstrap.ts'
import { own, validated } from './testing/judged.ts'
import { totalVariation } from './totalVariation.ts'

test('totalVariation by hand: half of .2 + .1 + .1', () => {
  expect(totalVariation([0.5, 0.3, 0.2], [0.3, 0.4, 0.3])).toBeCloseTo(0.2, 12)
  expect(totalVariation([1, 0], [0, 1])).toBe(1)
  expect(() => totalVariation([1], [0, 1])).toThrow(/has 2 classes/)
  expect(() => totalVariation([2, 3], [0, 1])).toThrow(/sum to 1, got 5/)
})

describe('distance of two sets', () => {
  const validation = validated()
  const setOf = (positive: number, prefix: string) => ({
    units: own(400, prefix),
    predicted: own(400).map((_, i) => (i < positive ? 1 : 0)),
  })

  test('by hand: .3 against .5 of true shares, though .31 against .45 are predicted', () => {
    const { distance, differences } = shareDistanceBootstrap(
      { classes: 2, validation, a: setOf(124, 'g'), b: setOf(180, 's') },
      rng(6),
      { resamples: 1000 },
    )
    expect(distance.value).toBeCloseTo(0.2, 12)
    expect(differences.map(({ value }) => value)).toEqual([expect.closeTo(0.2, 12), expect.closeTo(-0.2, 12)])
    // the delta method: both sets' predicted shares, and β − α, by which their difference is divided
    const ofSets = Math.sqrt((0.31 * 0.69 + 0.45 * 0.55) / 400) / 0.7
    const ofErrors = (0.2 * Math.sqrt((0.1 * 0.9) / 100 + (0.2 * 0.8) / 100)) / 0.7
    const se = Math.hypot(ofSets, ofErrors)
    expect(Math.abs(distance.se / se - 1)).toBeLessThan(0.1)
    expect(Math.abs(distance.low - (0.2 - 1.96 * se))).toBeLessThan(0.3 * se)
    expect(Math.abs(distance.high - (0.2 + 1.96 * se))).toBeLessThan(0.3 * se)
    expect(differences[1]!.high).toBeLessThan(0)
  })

  test('one source: zero is in every difference, never in the distance, and inside the real splits', () => {
    const a = setOf(124, 'g')
    const b = setOf(120, 's')
    const { distance, differences } = shareDistanceBootstrap({ classes: 2, validation, a, b }, rng(7), {
      resamples: 500,
    })
    for (const { low, high } of differences) expect(low <= 0 && high >= 0).toBe(true)
    const confusion = confusionCounts(validation.truth, validation.predicted, 2)
    const spread = realSplitSpread({ confusion, real: b }, rng(8), { observed: distance.value })
    expect(spread.p).toBeGreaterThan(0.5)
    expect(distance.value).toBeLessThan(spread.high)
  })
})

describe('realSplitSpread', () => {
  const perfect = Float64Array.of(10, 0, 0, 10)

  test('by hand: 200 films, half of them positive, in two hundreds: a side has a hypergeometric count', () => {
    // both sides sum to 100 positives, so the difference of shares is 2(X − 50)/100, var X = 100 · ½ · ½ · (100/199)
    const real = { units: own(200), predicted: own(200).map((_, i) => i % 2) }
    const { distances, sdOfDifference, median, high, p } = realSplitSpread({ confusion: perfect, real }, rng(1), {
      splits: 2000,
    })
    const sd = 0.02 * Math.sqrt((100 * 0.25 * 100) / 199)
    expect(Math.abs(sdOfDifference[1]! / sd - 1)).toBeLessThan(0.05)
    expect(distances).toEqual(distances.toSorted())
    expect(Math.abs(high / (1.96 * sd) - 1)).toBeLessThan(0.1)
    expect(median).toBeLessThan(high)
    expect(p).toBeNull()
  })

  test('patients are kept whole: four films a patient spread twice as wide', () => {
    const single = { units: own(400), predicted: own(400).map((_, i) => Math.floor(i / 4) % 2) }
    const fourfold = { ...single, units: single.units.map((_, i) => `p${Math.floor(i / 4)}`) }
    const [one, four] = [single, fourfold].map(
      (real) => realSplitSpread({ confusion: perfect, real }, rng(2), { splits: 500 }).sdOfDifference[0]!,
    )
    expect(four! / one!).toBeCloseTo(2, 0)
    expect(four! / one!).toBeGreaterThan(1.8)
  })

  test('fewer films a side spread wider; a far distance is beyond every split', () => {
    const real = { units: own(200), predicted: own(200).map((_, i) => i % 2) }
    const wide = realSplitSpread({ confusion: perfect, real }, rng(3), { patientsEach: 25, observed: 0.9, splits: 199 })
    expect(wide.median).toBeGreaterThan(realSplitSpread({ confusion: perfect, real }, rng(3), { splits: 199 }).median)
    expect(wide.p).toBe(1 / 200)
    expect(() => realSplitSpread({ confusion: perfect, real }, rng(3), { patientsEach: 101 })).toThrow(/there are 200/)
  })
})

describe('equalNumbersDistance', () => {
  const perfect = Float64Array.of(9, 0, 0, 9)
  const set = (prefix: string, predicted: readonly number[]) => ({ units: own(predicted.length, prefix), predicted })
  const [a, b] = [set('a', [0, 0, 0, 1]), set('b', [1, 1, 1, 0])]

  test('by hand: of whole sets .5; of one film each 1 in ten draws of sixteen, else 0', () => {
    expect(equalNumbersDistance({ confusion: perfect, a, b }, { a: 4, b: 4 }, rng(1))).toBeCloseTo(0.5, 12)
    expect(equalNumbersDistance({ confusion: perfect, a, b }, { a: 1, b: 1 }, rng(1), { draws: 501 })).toBe(1)
    expect(equalNumbersDistance({ confusion: perfect, a, b: { ...a, units: b.units } }, { a: 4, b: 4 }, rng(1))).toBe(0)
  })

  test('films of one law: no farther apart than real splits of as many', () => {
    const films = (seed: string, n: number) =>
      set(
        seed,
        Array.from(rng(seed).uniforms(n), (u) => (u < 0.3 ? 0 : 1)),
      )
    const [real, generated] = [films('real', 200), films('generated', 200)]
    const observed = equalNumbersDistance({ confusion: perfect, a: generated, b: real }, { a: 100, b: 100 }, rng(2))
    const { p, high } = realSplitSpread({ confusion: perfect, real }, rng(3), { observed, patientsEach: 100 })
    expect(observed).toBeLessThan(high)
    expect(p).toBeGreaterThan(0.05)
  })

  test('refusals', () => {
    expect(() => equalNumbersDistance({ confusion: perfect, a, b }, { a: 5, b: 4 }, rng(1))).toThrow(
      /from 1 to 4, .* got 5/,
    )
    expect(() => equalNumbersDistance({ confusion: perfect, a, b }, { a: 2, b: 2 }, rng(1), { draws: 0 })).toThrow(
      /1 or more/,
    )
  })
})
