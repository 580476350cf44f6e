import { describe, expect, test } from '@jest/globals'
import { featuresOf, frechetOracle, oracle } from './fixtures/oracle.ts'
import { normalRows } from './fixtures/samples.ts'
import { frechetDistance, frechetOfMoments } from './frechetDistance.ts'
import { moments } from './moments.ts'
import { takeRows } from './takeRows.ts'
import { TooFewFilmsError } from './TooFewFilmsError.ts'

const diagonal = (...variances: number[]): Float64Array =>
  Float64Array.from({ length: variances.length ** 2 }, (_, i) =>
    i % (variances.length + 1) === 0 ? variances[i / (variances.length + 1)]! : 0,
  )

test('by hand: variances of (0, 2) and (0, 0, 3, 3) are 2 and 3, N − 1 below', () => {
  const real = { values: Float64Array.of(0, 2), rows: 2, columns: 1 }
  const fake = { values: Float64Array.of(0, 0, 3, 3), rows: 4, columns: 1 }
  expect(moments(real)).toEqual({ mean: Float64Array.of(1), covariance: Float64Array.of(2) })
  // (1 − 1.5)² + 2 + 3 − 2√6
  expect(frechetDistance(real, fake)).toBeCloseTo(5.25 - 2 * Math.sqrt(6), 12)
})

describe('known answers', () => {
  const rows = normalRows('known', 200, [1, 2, 0.5, 3, 1])

  test('equal sets: 0, in another order of rows too', () => {
    const turned = takeRows(
      rows,
      Array.from({ length: 200 }, (_, i) => (i * 77) % 200),
    )
    expect(Math.abs(frechetDistance(rows, rows))).toBeLessThan(1e-10)
    expect(Math.abs(frechetDistance(rows, turned))).toBeLessThan(1e-10)
  })
  test('a shift by δ: ‖δ‖², from far away too', () => {
    for (const far of [0, 1e5]) {
      const here = { ...rows, values: Float64Array.from(rows.values, (v) => v + far) }
      const there = { ...rows, values: here.values.map((v, i) => v + [1, -2, 0, 0.5, 3][i % 5]!) }
      expect(frechetDistance(here, there)).toBeCloseTo(14.25, far === 0 ? 10 : 5)
    }
  })
  test('diagonal covariances: Σ(√a − √b)², singular ones too', () => {
    const mean = new Float64Array(3)
    const distance = frechetOfMoments(
      { mean, covariance: diagonal(4, 9, 0) },
      { mean, covariance: diagonal(1, 25, 16) },
    )
    expect(distance).toBeCloseTo(1 + 4 + 16, 12)
  })
  test('symmetric in its sets', () => {
    const other = normalRows('other', 90, [2, 1, 1, 1, 0.3], 0.4)
    expect(frechetDistance(rows, other)).toBeCloseTo(frechetDistance(other, rows), 10)
  })
})

test('its mean over sets of one law is (1/N)·[3Σλ + Σ_{i≠j} λ_i λ_j/(λ_i + λ_j)]', () => {
  const deviations = [2, 1.5, 1, 1, 0.7, 0.5]
  const lambda = deviations.map((s) => s * s)
  const N = 400
  const pairs = lambda.flatMap((a, i) => lambda.map((b, j) => (i === j ? 0 : (a * b) / (a + b))))
  const sum = (v: readonly number[]): number => v.reduce((s, x) => s + x, 0)
  const expected = (3 * sum(lambda) + sum(pairs)) / N
  const found = Array.from({ length: 200 }, (_, s) =>
    frechetDistance(normalRows(`a${s}`, N, deviations), normalRows(`b${s}`, N, deviations)),
  )
  expect(sum(found) / found.length / expected).toBeGreaterThan(0.96)
  expect(sum(found) / found.length / expected).toBeLessThan(1.04)
})

test('numpy’s mean and covariance, pytorch-fid, torch-fidelity', () => {
  for (const { real, fake, mean, covariance, pytorchFid, torchFidelity } of oracle.frechet) {
    const got = moments(featuresOf(real))
    mean.forEach((v, i) => expect(got.mean[i]).toBeCloseTo(v, 12))
    covariance.forEach((v, i) => expect(got.covariance[i]).toBeCloseTo(v, 11))
    const distance = frechetDistance(featuresOf(real), featuresOf(fake))
    expect(Math.abs(distance / pytorchFid - 1)).toBeLessThan(1e-10)
    expect(Math.abs(distance / torchFidelity - 1)).toBeLessThan(1e-10)
  }
})

/** As tools/oracles/metrics_frechet.py makes them. */
const mixedNumbers = (seed: number, rows: number, columns: number, shift: number) => {
  let state = seed
  const uniform = Float64Array.from({ length: rows * columns }, () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0
    return state / 2 ** 32 - 0.5
  })
  const values = uniform.map((u, i) => {
    const j = i % columns
    return (u + (j > 0 ? 0.5 * uniform[i - 1]! : 0)) * (1 + j / columns) + shift
  })
  return { values, rows, columns }
}

test('torch-fidelity on larger sets; with fewer films than columns too, where singular values are exact', () => {
  for (const { rows, others, columns, torchFidelity, singularValues } of frechetOracle.cases) {
    const [real, fake] = [mixedNumbers(1, rows, columns, 0), mixedNumbers(2, others, columns, 0.1)]
    const distance = frechetOfMoments(moments(real), moments(fake))
    expect(Math.abs(distance / torchFidelity - 1)).toBeLessThan(1e-6)
    expect(Math.abs(distance / singularValues - 1)).toBeLessThan(rows > columns && others > columns ? 1e-12 : 1e-7)
    expect(Math.abs(frechetOfMoments(moments(fake), moments(real)) / singularValues - 1)).toBeLessThan(1e-7)
  }
})

test('weights are repeated rows', () => {
  const rows = normalRows('weights', 5, [1, 2])
  const got = moments(rows, [2, 0, 1, 3, 1])
  const repeated = moments(takeRows(rows, [0, 0, 2, 3, 3, 3, 4]))
  for (const part of ['mean', 'covariance'] as const)
    got[part].forEach((v, i) => expect(v).toBeCloseTo(repeated[part][i]!, 13))
})

test('refusals: no more films than dimensions, other widths, numbers that are none', () => {
  const rows = (n: number, d = 4) =>
    normalRows(
      'refused',
      n,
      Array.from({ length: d }, () => 1),
    )
  let error: unknown
  try {
    frechetDistance(rows(5), rows(4))
  } catch (caught) {
    error = caught
  }
  expect(error).toBeInstanceOf(TooFewFilmsError)
  expect(error).toMatchObject({ _tag: 'TooFewFilmsError', set: 'fake', rows: 4, columns: 4 })
  expect((error as Error).message).toMatch(/kernelDistance.*projectedFeatures/)
  expect(() => frechetDistance(rows(5), rows(5))).not.toThrow()
  expect(() => frechetDistance(rows(9), rows(9, 3))).toThrow(/4 and 3 columns/)
  expect(() => frechetDistance({ ...rows(9), rows: 8 }, rows(9))).toThrow(/36 values for 8 rows/)
  const broken = rows(9)
  broken.values[13] = Number.NaN
  expect(() => frechetDistance(broken, rows(9))).toThrow(/row 3 holds NaN/)
})
