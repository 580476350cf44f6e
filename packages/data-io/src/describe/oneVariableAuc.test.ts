import { describe, expect, it } from '@jest/globals'
import { oneVariableAuc } from './oneVariableAuc.ts'
import type { ScoredFilm } from './oneVariableAuc.ts'

const films = (
  rows: ReadonlyArray<readonly [score: number, target: 0 | 1, patient?: string]>,
): ReadonlyArray<ScoredFilm> =>
  rows.map(([score, target, patient], i) => ({ score, target, patient: patient ?? `p${i}` }))

describe('a score of two values, a film a patient', () => {
  it('½ + ½ (P(1 | positive) − P(1 | negative)), with the interval of that difference', () => {
    // 9 of 10 positives and 3 of 10 negatives: ½ + ½ · 0.6; Newcombe's interval of 0.6 is 0.1705 to 0.8090
    const ten = (ones: number, target: 0 | 1) =>
      Array.from({ length: 10 }, (_, i) => [i < ones ? 1 : 0, target] as const)
    const found = oneVariableAuc(films([...ten(9, 1), ...ten(3, 0)]))!
    expect(found).toMatchObject({ interval: 'newcombe', films: 20, positives: 10, patients: 20 })
    expect(found.auc).toBeCloseTo(0.8, 12)
    expect(found.low).toBeCloseTo((1 + 0.1705) / 2, 4)
    expect(found.high).toBeCloseTo((1 + 0.809) / 2, 4)
  })

  it('is a half where all films have one value', () => {
    expect(
      oneVariableAuc(
        films([
          [7, 0],
          [7, 1],
          [7, 0],
        ]),
      )!.auc,
    ).toBe(0.5)
  })
})

describe('a score of many values', () => {
  it('counts equal scores a half', () => {
    // negatives 30, 50, 50; positives 50, 70: pairs 1, 1, ½, 1, ½, 1
    const found = oneVariableAuc(
      films([
        [30, 0],
        [50, 0],
        [50, 0],
        [50, 1],
        [70, 1],
      ]),
    )!
    expect(found.auc).toBeCloseTo(5 / 6, 12)
    expect(found.interval).toBe('patients')
    expect(found.low).toBeLessThan(5 / 6)
    expect(found.high).toBe(1)
  })
})

describe('patients with several films', () => {
  const perPatient = (copies: number) =>
    films(
      Array.from({ length: 24 }, (_, p) => {
        const target = p % 2 === 0 ? 1 : 0
        const score = p % 6 < 2 ? 1 - target : target // two in three are told by the score
        return Array.from({ length: copies }, () => [score, target, `p${p}`] as const)
      }).flat(),
    )

  it('are resampled whole: more films of the same patients make nothing surer', () => {
    const [two, nine] = [oneVariableAuc(perPatient(2))!, oneVariableAuc(perPatient(9))!]
    expect([two.auc, nine.auc]).toEqual([2 / 3, 2 / 3].map((v) => expect.closeTo(v, 12)))
    expect([nine.low, nine.high]).toEqual([two.low, two.high])
    expect(nine).toMatchObject({ interval: 'patients', films: 216, patients: 24 })
    // of independent films the interval would be ±0.06; of 24 patients, 12 in each group, it is about ±0.19
    expect(two.high - two.low).toBeGreaterThan(0.25)
    expect(two.high - two.low).toBeLessThan(0.5)
  })

  it('does not depend on the order of films', () => {
    expect(oneVariableAuc(perPatient(3).toReversed())).toEqual(oneVariableAuc(perPatient(3)))
  })
})

it('is undefined where one target has no film', () => {
  expect(
    oneVariableAuc(
      films([
        [1, 1],
        [0, 1],
      ]),
    ),
  ).toBeUndefined()
  expect(oneVariableAuc([])).toBeUndefined()
})

it('takes more distinct scores than a call takes arguments', () => {
  const n = 130_000
  const found = oneVariableAuc(films(Array.from({ length: n }, (_, i) => [i, i < n / 2 ? 0 : 1, 'p'])))!
  expect([found.auc, found.low, found.high]).toEqual([1, 1, 1])
}, 120_000)
