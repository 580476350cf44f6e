import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { aucBootstrap } from './aucBootstrap.ts'

const oracle = JSON.parse(readFileSync(new URL('./fixtures/statistics.json', import.meta.url), 'utf8')) as {
  auc: { scores: number[]; labels: number[]; auc: number }[]
}

test('ties, by hand: of four pairs three are in order and one is tied; patients are drawn with all their films', () => {
  const films = { patients: ['a', 'a', 'b', 'b'], scores: [0.1, 0.9, 0.5, 0.5], labels: [0, 1, 0, 1] }
  const got = aucBootstrap(films, rng(1), { resamples: 400 })
  expect(got).toMatchObject({ value: 3.5 / 4, low: 0.5, high: 1, patients: 2, emptyResamples: 0 }) // b alone, a alone
})

test('three patients, every one of 27 draws', () => {
  // a: positive at 2; b: negative at 2; c: negative at 1 and positive at 3
  const films = { patients: ['a', 'b', 'c', 'c'], scores: [2, 2, 1, 3], labels: [true, false, false, true] }
  const all: number[] = []
  for (let draw = 0; draw < 27; draw++) {
    const weights = [0, 0, 0]
    for (const who of [draw % 3, Math.floor(draw / 3) % 3, Math.floor(draw / 9)]) weights[who]! += 1
    const [a, b, c] = weights as [number, number, number]
    const pairs = (a + c) * (b + c)
    if (pairs > 0) all.push((a * (b / 2 + c) + c * (b + c)) / pairs)
  }
  expect(all).toHaveLength(25) // (a, a, a) and (b, b, b) hold one class
  const got = aucBootstrap(films, rng(2), { resamples: 40_000 })
  const mean = all.reduce((s, v) => s + v, 0) / all.length
  expect(got.value).toBe(3.5 / 4)
  expect(got.se).toBeCloseTo(Math.sqrt(all.reduce((s, v) => s + (v - mean) ** 2, 0) / all.length), 2)
  expect(got.emptyResamples / 40_000).toBeCloseTo(2 / 27, 2)
  expect([got.low, got.high]).toEqual([0.5, 1]) // a and b alone have chance 6/27
})

test('scikit-learn’s roc_auc_score, with ties; the order of films changes nothing', () => {
  for (const { scores, labels, auc } of oracle.auc) {
    const patients = scores.map((_, i) => `p${i % 17}`)
    const got = aucBootstrap({ patients, scores, labels }, rng(3), { resamples: 200 })
    expect(got.value).toBeCloseTo(auc, 12)
    expect(got.low < auc && auc < got.high).toBe(true)
    const turned = { patients: patients.toReversed(), scores: scores.toReversed(), labels: labels.toReversed() }
    expect(aucBootstrap(turned, rng(3), { resamples: 200 }).low).toBeCloseTo(got.low, 12)
  }
})

test('an infinite score is a score', () => {
  const films = { patients: ['a', 'b', 'c'], scores: [-Infinity, Infinity, Infinity], labels: [0, 1, 1] }
  expect(aucBootstrap(films, rng(1), { resamples: 50 })).toMatchObject({ value: 1, low: 1, high: 1 })
})

test('refusals', () => {
  const films = { patients: ['a', 'b'], scores: [1, 2], labels: [0, 1] }
  expect(() => aucBootstrap({ ...films, patients: ['a'] }, rng(1))).toThrow(/1 for 2 scores/)
  expect(() => aucBootstrap({ ...films, labels: [1, 1] }, rng(1))).toThrow(/one class/)
  expect(() => aucBootstrap({ ...films, scores: [1, Number.NaN] }, rng(1))).toThrow(/NaN/)
})
