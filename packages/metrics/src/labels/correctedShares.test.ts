import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { betaQuantile } from '../betaQuantile.ts'
import { classesFound } from './classesFound.ts'
import { confusionCounts } from './confusionCounts.ts'
import { correctedShares } from './correctedShares.ts'
import { sharesBootstrap } from './sharesBootstrap.ts'
import { own, validated } from './testing/judged.ts'
import { totalVariation } from './totalVariation.ts'

const near = (values: Float64Array, expected: readonly number[], digits = 12): void =>
  expected.forEach((v, i) => expect(values[i]).toBeCloseTo(v, digits))

describe('confusionCounts', () => {
  test('by hand: rows are true classes', () => {
    expect([...confusionCounts([0, 0, 1, 1, 1], [0, 1, 1, 1, 0], 2)]).toEqual([1, 1, 1, 2])
  })
  test('refusals', () => {
    expect(() => confusionCounts([0], [0, 1], 2)).toThrow(/2 classes for 1 films/)
    expect(() => confusionCounts([0], [2], 2)).toThrow(/film 0 has class 2, known are 0 to 1/)
    expect(() => confusionCounts([0.5], [0], 2)).toThrow(/class 0.5/)
  })
})

describe('correctedShares', () => {
  test('a perfect classifier: shares are counts', () => {
    const { shares, gap } = correctedShares(Float64Array.of(10, 0, 0, 0, 7, 0, 0, 0, 4), Float64Array.of(5, 0, 15))
    near(shares, [0.25, 0, 0.75])
    expect(gap).toBe(0)
  })

  test('by hand, two classes: sensitivity .8, specificity .9; 31 % predicted are 30 % (Rogan and Gladen)', () => {
    // .3 · .8 + .7 · .1 = .31, and (.31 + .9 − 1) / (.8 + .9 − 1) = .3
    const { shares, predicted } = correctedShares(Float64Array.of(90, 10, 20, 80), Float64Array.of(69, 31))
    near(shares, [0.7, 0.3])
    near(predicted, [0.69, 0.31])
  })

  test('by hand, three classes: known shares come back through a noisy confusion', () => {
    // π = (.5, .3, .2): predicted .5·.7 + .3·.1 + 0 = .38, .5·.2 + .3·.8 + .2·.1 = .36, .5·.1 + .3·.1 + .2·.9 = .26
    const { shares } = correctedShares(Float64Array.of(70, 20, 10, 10, 80, 10, 0, 10, 90), Float64Array.of(38, 36, 26))
    near(shares, [0.5, 0.3, 0.2])
  })

  test('fewer positives than the false alarm rate: none, not a negative share', () => {
    const { shares, gap } = correctedShares(Float64Array.of(90, 10, 20, 80), Float64Array.of(95, 5))
    expect(shares[1]).toBeLessThan(1e-6)
    expect(shares[0]! + shares[1]!).toBeCloseTo(1, 12)
    expect(gap).toBeLessThan(1e-8)
  })

  test('classes that are predicted nearly alike: the border is reached all the same', () => {
    // the plain iteration is at a gap of 7e-9 after its 100,000 steps
    const { shares, gap } = correctedShares(Float64Array.of(300, 700, 299, 701), Float64Array.of(298, 702))
    expect(shares[1]).toBeGreaterThan(0.999)
    expect(gap).toBeLessThan(1e-9)
  })

  test('films of the set weigh nothing twice: ten times the counts leave the shares', () => {
    const confusion = Float64Array.of(70, 20, 10, 10, 80, 10, 5, 5, 90)
    const once = correctedShares(confusion, Float64Array.of(3, 1, 9)).shares
    near(correctedShares(confusion, Float64Array.of(30, 10, 90)).shares, [...once])
  })

  test('scipy.optimize on the simplex (tools/oracles/metrics_labels.py)', () => {
    const { cases } = JSON.parse(readFileSync(new URL('../fixtures/labels.json', import.meta.url), 'utf8')) as {
      cases: {
        confusion: number[]
        predicted: number[]
        shares: number[]
        logLikelihood: number
        interior: boolean
        inverse: number[]
        absent: { byMistake: number; p: number }[]
        distance: number
      }[]
    }
    expect(cases.some(({ interior }) => interior) && cases.some(({ interior }) => !interior)).toBe(true)
    for (const { confusion, predicted, interior, ...expected } of cases) {
      const got = correctedShares(Float64Array.from(confusion), Float64Array.from(predicted))
      near(got.shares, interior ? expected.inverse : expected.shares, interior ? 10 : 4)
      const k = predicted.length
      const rates = confusion.map(
        (c, at) => c / confusion.slice(k * Math.floor(at / k), k * Math.floor(at / k) + k).reduce((s, v) => s + v, 0),
      )
      const value = got.predicted.reduce((sum, q, j) => {
        const m = got.shares.reduce((s, share, i) => s + share * rates[i * k + j]!, 0)
        return sum + (q === 0 ? 0 : q * Math.log(m))
      }, 0)
      expect(value).toBeGreaterThan(expected.logLikelihood - 1e-8) // no worse than scipy's own
      expect(totalVariation(got.shares, got.predicted)).toBeCloseTo(expected.distance, 4)
      const names = own(k, 'class')
      const { classes } = classesFound({
        names,
        confusion: Float64Array.from(confusion),
        predicted: Float64Array.from(predicted),
      })
      classes.forEach(({ byMistake, p, count }, i) => {
        expect(Math.abs(byMistake / expected.absent[i]!.byMistake - 1)).toBeLessThan(1e-3)
        const tail = count === 0 ? 1 : expected.absent[i]!.p
        expect(Math.abs(p - tail)).toBeLessThanOrEqual(0.01 * tail)
      })
    }
  })

  test('refusals', () => {
    const confusion = Float64Array.of(5, 5, 5, 5)
    expect(() => correctedShares(confusion, Float64Array.of(1, 1))).toThrow(/predicted alike/)
    expect(() => correctedShares(Float64Array.of(5, 5, 0, 0), Float64Array.of(1, 1))).toThrow(
      /no validation film of class 1/,
    )
    expect(() => correctedShares(confusion, Float64Array.of(0, 0))).toThrow(/counts no film/)
    expect(() => correctedShares(confusion, Float64Array.of(1, 1, 1))).toThrow(/has 4 counts, 3 classes need 9/)
    expect(() => correctedShares(Float64Array.of(5, -1, 0, 5), Float64Array.of(1, 1))).toThrow(
      expect.objectContaining({ _tag: 'MetricError' }),
    )
  })
})

describe('sharesBootstrap', () => {
  const validation = validated()
  const set = { units: own(400), predicted: own(400).map((_, i) => (i < 124 ? 1 : 0)) } // 31 %

  test('the delta method: both the set and the validation films widen it', () => {
    // π = (q − α)/(β − α), α = .1, β = .8, q = .31: var = [q(1−q)/400 + (1−π)²·α(1−α)/100 + π²·β(1−β)/100] / .7²
    const q = 0.31
    const se = Math.sqrt((q * (1 - q)) / 400 + (0.49 * 0.09) / 100 + (0.09 * 0.16) / 100) / 0.7
    const { shares, intervals } = sharesBootstrap({ classes: 2, validation, set }, rng(3), { resamples: 2000 })
    near(shares, [0.7, 0.3])
    expect(intervals[1]!.value).toBeCloseTo(0.3, 12)
    expect(Math.abs(intervals[1]!.se / se - 1)).toBeLessThan(0.08)
    expect(intervals[1]!.low).toBeCloseTo(0.3 - 1.96 * se, 1)
    expect(intervals[1]!.low).toBeLessThan(0.3)
    expect(intervals[1]!.high).toBeGreaterThan(0.3)
    // the set alone would give .033 of the .044
    expect(Math.sqrt((q * (1 - q)) / 400) / 0.7 / intervals[1]!.se).toBeLessThan(0.8)
  })

  test('95 % intervals cover the truth where a class has two validation films', () => {
    const rates = [
      [0.9, 0.1],
      [0.2, 0.8],
    ]
    let covered = 0
    for (let trial = 0; trial < 200; trial++) {
      const random = rng('coverage').fork(trial)
      const truth = own(102).map((_, i) => (i < 2 ? 1 : 0))
      const few = { patients: own(102), truth, predicted: truth.map((k) => random.choice(rates[k]!)) }
      const hundred = {
        units: own(100),
        predicted: own(100).map(() => random.choice(rates[random.choice([0.7, 0.3])]!)),
      }
      const drawn = { classes: 2, validation: few, set: hundred }
      const { low, high } = sharesBootstrap(drawn, random.fork('draws'), { resamples: 200 }).intervals[1]!
      if (low <= 0.3 && high >= 0.3) covered++
    }
    expect(covered / 200).toBeGreaterThan(0.93)
  })

  test('films of one patient are one draw', () => {
    const fourfold = { units: set.units.map((_, i) => `patient ${Math.floor(i / 4)}`), predicted: set.predicted }
    const [one, four] = [set, fourfold].map(
      (of) => sharesBootstrap({ classes: 2, validation, set: of }, rng(4), { resamples: 500 }).intervals[1]!.se,
    )
    expect(four! / one!).toBeGreaterThan(1.3)
  })

  test('equal seeds give equal intervals; of one validation film of a class the bounds are those of a beta law', () => {
    const truth = own(10_001).map((_, i) => (i === 0 ? 1 : 0))
    const few = { patients: own(10_001), truth, predicted: truth }
    const many = { units: own(10_000), predicted: own(10_000).map((_, i) => (i < 3000 ? 1 : 0)) }
    const run = () => sharesBootstrap({ classes: 2, validation: few, set: many }, rng(5), { resamples: 2000 })
    const { intervals } = run()
    expect(run().intervals).toEqual(intervals)
    // no false alarms, so π = .3 / β, and β of one film that is called rightly is Beta(1½, ½)
    expect(intervals[1]!.high).toBeCloseTo(Math.min(1, 0.3 / betaQuantile(0.025, 1.5, 0.5)), 1)
    expect(intervals[1]!.high).toBeGreaterThan(0.9)
    expect(intervals[1]!.low).toBeCloseTo(0.3 / betaQuantile(0.975, 1.5, 0.5), 1)
    expect(intervals[1]!.emptyResamples).toBe(0)
    expect(() => sharesBootstrap({ classes: 2, validation: few, set: { ...set, units: ['a'] } }, rng(5))).toThrow(
      /1 for 400/,
    )
    expect(() => sharesBootstrap({ classes: 2, validation: few, set }, rng(5), { resamples: 1 })).toThrow(/resamples/)
  })
})
