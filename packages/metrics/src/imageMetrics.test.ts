import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { aucScore } from './aucScore.ts'
import { meanAbsoluteError } from './meanAbsoluteError.ts'
import { psnr } from './psnr.ts'
import { residualEnergyRatio } from './residualEnergyRatio.ts'

const oracle = JSON.parse(readFileSync(new URL('./fixtures/statistics.json', import.meta.url), 'utf8')) as {
  auc: { scores: number[]; labels: number[]; auc: number }[]
  psnr: { a: number[]; b: number[]; psnr: number; psnr255: number }
}

describe('psnr and mean absolute error', () => {
  const a = [0, 0.5, 1, 0.25]
  const b = [0.1, 0.4, 1, 0.25]
  test('by hand: squares .01, .01, 0, 0', () => {
    expect(psnr(a, b)).toBeCloseTo(10 * Math.log10(1 / 0.005), 10)
    expect(psnr(a, b, [1, 1, 0, 0])).toBeCloseTo(20, 10)
    expect(psnr(a, b, [0, 0, 1, 1])).toBe(Infinity)
    expect(meanAbsoluteError(a, b)).toBeCloseTo(0.05, 12)
    expect(meanAbsoluteError(a, b, [0, 1, 1, 0])).toBeCloseTo(0.05, 12)
  })
  test('scikit-image', () => {
    expect(psnr(oracle.psnr.a, oracle.psnr.b)).toBeCloseTo(oracle.psnr.psnr, 10)
    expect(psnr(oracle.psnr.a, oracle.psnr.b, undefined, { dataRange: 255 })).toBeCloseTo(oracle.psnr.psnr255, 10)
  })
  test('refusals', () => {
    expect(() => psnr(a, [1])).toThrow(/has 1 pixels/)
    expect(() => psnr(a, b, [1])).toThrow(/mask/)
    expect(() => meanAbsoluteError(a, b, [0, 0, 0, 0])).toThrow(/no pixel/)
  })
})

describe('residualEnergyRatio', () => {
  test('by hand: (4 + 16)/2 inside, (1 + 1 + 0)/3 outside', () => {
    const { inside, outside, ratio } = residualEnergyRatio([2, -4, 1, -1, 0], [1, 1, 0, 0, 0])
    expect([inside, outside]).toEqual([10, 2 / 3])
    expect(ratio).toBeCloseTo(15, 12)
  })
  test('a constant map has no preference, an empty residual neither, a perfect one every', () => {
    expect(residualEnergyRatio([3, 3, 3], [1, 0, 0]).ratio).toBe(1)
    expect(residualEnergyRatio([0, 0], [1, 0]).ratio).toBe(1)
    expect(residualEnergyRatio([1, 0], [1, 0]).ratio).toBe(Infinity)
  })
  test('refusals', () => {
    expect(() => residualEnergyRatio([1, 1], [1, 1])).toThrow(/inside and outside/)
    expect(() => residualEnergyRatio([1, 1], [1])).toThrow(/mask/)
  })
})

describe('aucScore', () => {
  test('by hand: pairs in order 1, tied ½', () => {
    expect(aucScore([1, 2, 3, 4], [0, 0, 1, 1])).toBe(1)
    expect(aucScore([1, 2, 3, 4], [1, 1, 0, 0])).toBe(0)
    expect(aucScore([5, 5, 5], [1, 0, 0])).toBe(0.5)
    expect(aucScore([1, 2, 2, 3], [0, 1, 0, 1])).toBe(3.5 / 4)
    expect(aucScore([-Infinity, Infinity, Infinity], [false, true, true])).toBe(1)
  })
  test('scikit-learn, with ties', () => {
    for (const { scores, labels, auc } of oracle.auc) expect(aucScore(scores, labels)).toBeCloseTo(auc, 12)
  })
  test('refusals', () => {
    expect(() => aucScore([1, 2], [1, 1])).toThrow(/one class/)
    expect(() => aucScore([1, 2], [1])).toThrow(/labels/)
    expect(() => aucScore([Number.NaN, 2], [1, 0])).toThrow(/NaN/)
  })
})
