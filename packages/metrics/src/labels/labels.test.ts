import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { classesFound } from './classesFound.ts'
import { confusionCounts } from './confusionCounts.ts'
import { correctedShares } from './correctedShares.ts'
import { equalNumbersDistance } from './equalNumbersDistance.ts'
import { realSplitSpread } from './realSplitSpread.ts'
import { shareDistanceBootstrap } from './shareDistanceBootstrap.ts'
import { sharesBootstrap } from './sharesBootstrap.ts'
import { totalVariation } from './totalVariation.ts'

/** Films of the given counts, and what a classifier with these rates (exact parts of the count) says of them. */
const judged = (confusion: readonly (readonly number[])[]): { truth: number[]; predicted: number[] } => {
  const films = confusion.flatMap((row, truth) =>
    row.flatMap((count, predicted) => Array.from({ length: count }, () => ({ truth, predicted }))),
  )
  return { truth: films.map((f) => f.truth), predicted: films.map((f) => f.predicted) }
}
const own = (n: number, prefix = 'film'): string[] => Array.from({ length: n }, (_, i) => `${prefix} ${i}`)
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

test('totalVariation by hand: half of .2 + .1 + .1', () => {
  expect(totalVariation([0.5, 0.3, 0.2], [0.3, 0.4, 0.3])).toBeCloseTo(0.2, 12)
  expect(totalVariation([1, 0], [0, 1])).toBe(1)
  expect(() => totalVariation([1], [0, 1])).toThrow(/has 2 classes/)
  expect(() => totalVariation([2, 3], [0, 1])).toThrow(/sum to 1, got 5/)
})

describe('sharesBootstrap', () => {
  const validation = {
    ...judged([
      [90, 10],
      [20, 80],
    ]),
    patients: own(200, 'v'),
  }
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

  test('films of one patient are one draw', () => {
    const fourfold = { units: set.units.map((_, i) => `patient ${Math.floor(i / 4)}`), predicted: set.predicted }
    const [one, four] = [set, fourfold].map(
      (of) => sharesBootstrap({ classes: 2, validation, set: of }, rng(4), { resamples: 500 }).intervals[1]!.se,
    )
    expect(four! / one!).toBeGreaterThan(1.3)
  })

  test('equal seeds give equal intervals; a resample without a class is left out and counted', () => {
    const few = { patients: ['a', 'b', 'c'], truth: [0, 0, 1], predicted: [0, 0, 1] }
    const run = () => sharesBootstrap({ classes: 2, validation: few, set }, rng(5), { resamples: 2000 })
    const { intervals } = run()
    expect(run().intervals).toEqual(intervals)
    // c is not drawn in (2/3)³ of the resamples, a and b in (1/3)³
    expect(intervals[0]!.emptyResamples / 2000).toBeCloseTo(9 / 27, 1)
    expect(() => sharesBootstrap({ classes: 2, validation: few, set: { ...set, units: ['a'] } }, rng(5))).toThrow(
      /1 for 400/,
    )
    expect(() => sharesBootstrap({ classes: 2, validation: few, set }, rng(5), { resamples: 1 })).toThrow(/resamples/)
  })
})

describe('distance of two sets', () => {
  const validation = {
    ...judged([
      [90, 10],
      [20, 80],
    ]),
    patients: own(200, 'v'),
  }
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
    expect(distance.low).toBeGreaterThan(0.09)
    expect(distance.high).toBeLessThan(0.31)
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

describe('classesFound', () => {
  const names = ['normal', 'effusion', 'mass']
  // of 200 validated films each: 10 normals called mass, 10 effusions called mass
  const confusion = Float64Array.of(180, 10, 10, 10, 180, 10, 10, 10, 180)

  test('a class left out of training is missing, though the classifier says it now and then', () => {
    // 600 normals and 400 effusions, predicted by the rates: no mass
    const predicted = Float64Array.of(560, 390, 50)
    const { classes, missing } = classesFound({ names, confusion, predicted })
    expect(classes.map(({ name, count, found }) => [name, count, found])).toEqual([
      ['normal', 560, true],
      ['effusion', 390, true],
      ['mass', 50, false],
    ])
    expect(missing).toEqual([
      { name: 'mass', reason: expect.stringMatching(/predicted 50 times, .* errors .* explain/) },
    ])
    expect(classes[2]!.share).toBeLessThan(1e-9)
  })

  test('a class of a tenth is found, with its count and its corrected share', () => {
    // 500, 400, 100: masses predicted .05·900 + .9·100 = 135
    const { classes, missing } = classesFound({ names, confusion, predicted: Float64Array.of(475, 390, 135) })
    expect(missing).toEqual([])
    expect(classes[2]!.count).toBe(135)
    expect(classes[2]!.share).toBeCloseTo(0.1, 12)
  })

  test('never predicted; and one film in a thousand is no proof where errors are known to a thousandth only', () => {
    const nearly = Float64Array.of(200, 0, 0, 0, 200, 0, 0, 0, 200)
    expect(classesFound({ names, confusion: nearly, predicted: Float64Array.of(5, 5, 0) }).missing).toEqual([
      { name: 'mass', reason: 'never predicted' },
    ])
    // 1,000 films · ½ / 201.5 = 2.5 by mistake
    const one = classesFound({ names, confusion: nearly, predicted: Float64Array.of(500, 499, 1) })
    expect(one.missing.map(({ name }) => name)).toEqual(['mass'])
    expect(one.classes[2]!.byMistake).toBeCloseTo(1000 * (0.5 / 201.5), 1)
    expect(classesFound({ names, confusion: nearly, predicted: Float64Array.of(500, 490, 10) }).missing).toEqual([])
  })

  test('p by hand: one other class, so a beta-binomial of its errors', () => {
    // 100 normals, 10 called mass: a = 10.5, b = 90.5; of two films both: a (a + 1) / ((a + b) (a + b + 1))
    const two = classesFound({
      names: ['normal', 'mass'],
      confusion: Float64Array.of(90, 10, 0, 100),
      predicted: Float64Array.of(0, 2),
    })
    expect(two.classes[1]!.p).toBeCloseTo((10.5 * 11.5) / (101 * 102), 12)
  })

  test('the error of "found" holds however few validation films, and a tenth is found by 400', () => {
    const rows = [
      [0.8, 0.15, 0.05],
      [0.2, 0.7, 0.1],
      [0.05, 0.15, 0.8],
    ]
    const found = (validation: number, masses: number): number => {
      let sum = 0
      for (let trial = 0; trial < 200; trial++) {
        const random = rng('found').fork(`${validation}/${masses}`).fork(trial)
        const draw = (films: readonly number[]): ReadonlyArray<readonly number[]> =>
          films.map((n, k) => {
            const counts = [0, 0, 0]
            for (let i = 0; i < n; i++) counts[random.choice(rows[k]!)]! += 1
            return counts
          })
        const confusion = Float64Array.from(draw(rows.map(() => Math.round(validation / 3))).flat())
        const sets = draw([600 - masses, 400, masses])
        const predicted = Float64Array.from([0, 1, 2], (k) => sets.reduce((all, set) => all + set[k]!, 0))
        if (classesFound({ names, confusion, predicted }).classes[2]!.found) sum++
      }
      return sum / 200
    }
    // with the errors taken as known it was .12 to .2
    for (const validation of [100, 400]) expect(found(validation, 0)).toBeLessThan(0.07)
    expect(found(400, 0)).toBeGreaterThan(0)
    expect(found(400, 100)).toBeGreaterThan(0.9)
  })

  test('refusals', () => {
    expect(() => classesFound({ names: ['a'], confusion, predicted: Float64Array.of(1, 1, 1) })).toThrow(
      /1 for 3 classes/,
    )
    expect(() => classesFound({ names, confusion, predicted: Float64Array.of(1, 1, 1) }, { level: 5 })).toThrow(/level/)
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
