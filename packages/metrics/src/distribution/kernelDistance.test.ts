import { describe, expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { featuresOf, oracle } from './fixtures/oracle.ts'
import { normalRows } from './fixtures/samples.ts'
import { kernelDistance, kernelDistanceOnSubsets } from './kernelDistance.ts'
import { kernelSubsets } from './kernelSubsets.ts'

const column = (...values: number[]) => ({ values: Float64Array.from(values), rows: values.length, columns: 1 })

test('by hand: k(x, y) = (xy + 1)³ of (0, 1) and (1, 1, 2)', () => {
  // pairs of (0, 1): k = 1; of (1, 1, 2): 8, 27, 27; across: 1, 1, 1, 8, 8, 27
  expect(kernelDistance(column(0, 1), column(1, 1, 2))).toBeCloseTo(1 + 62 / 3 - (2 * 46) / 6, 12)
})

test('a set with itself is below 0 by what the diagonal adds', () => {
  // own pairs 1 and 1, across (1 + 1 + 1 + 8)/4
  expect(kernelDistance(column(0, 1), column(0, 1))).toBeCloseTo(1 + 1 - 11 / 2, 12)
})

test('of one law its mean is 0 at 20 films, and of two laws it is not', () => {
  const run = (shift: number): { mean: number; se: number } => {
    const found = Array.from({ length: 400 }, (_, s) =>
      kernelDistance(normalRows(`x${s}`, 20, [1, 1, 1, 1]), normalRows(`y${s}`, 20, [1, 1, 1, 1], shift)),
    )
    const mean = found.reduce((a, v) => a + v, 0) / found.length
    return { mean, se: Math.sqrt(found.reduce((a, v) => a + (v - mean) ** 2, 0) / found.length / (found.length - 1)) }
  }
  const [same, other] = [run(0), run(0.5)]
  expect(Math.abs(same.mean)).toBeLessThan(3 * same.se)
  expect(same.se).toBeLessThan(0.03) // the biased estimate's mean is .5
  expect(other.mean).toBeGreaterThan(10 * other.se)
})

describe('oracles', () => {
  const [real, fake] = [featuresOf(oracle.kernel.real), featuresOf(oracle.kernel.fake)]
  test('scikit-learn’s polynomial kernel, sets of two sizes', () => {
    expect(Math.abs(kernelDistance(real, fake) / oracle.kernel.whole - 1)).toBeLessThan(1e-10)
  })
  test('torch-fidelity on the same subsets', () => {
    const { value, spread, perSubset } = kernelDistanceOnSubsets(real, fake, oracle.kernel.subsets)
    expect(perSubset).toHaveLength(7)
    expect(Math.abs(value / oracle.kernel.mean - 1)).toBeLessThan(1e-10)
    expect(Math.abs(spread / oracle.kernel.std - 1)).toBeLessThan(1e-10)
  })
  test('one subset of all rows is the whole, whatever their order', () => {
    const subset = { real: rng(1).permutation(50), fake: rng(2).permutation(40) }
    const { value } = kernelDistanceOnSubsets(real, fake, [subset])
    expect(Math.abs(value / oracle.kernel.whole - 1)).toBeLessThan(1e-10)
  })
})

test('float32 rows are summed in float64', () => {
  const rows = normalRows('single', 30, [1, 1])
  const single = { ...rows, values: Float32Array.from(rows.values) }
  const wide = { ...rows, values: Float64Array.from(single.values) }
  expect(kernelDistance(single, single)).toBe(kernelDistance(wide, wide))
})

test('subsets: without replacement, and the real films do not depend on how many fakes there are', () => {
  const [few, many] = [30, 500].map((fake) => kernelSubsets({ real: 40, fake }, rng(5), { count: 3, size: 20 }))
  for (let s = 0; s < 3; s++) {
    expect(new Set(Array.from(few![s]!.fake)).size).toBe(20)
    expect(few![s]!.real).toEqual(many![s]!.real)
  }
  expect(few![0]!.real).not.toEqual(few![1]!.real)
})

test('refusals', () => {
  expect(() => kernelDistance(column(1), column(1, 2))).toThrow(/one film/)
  expect(() => kernelSubsets({ real: 40, fake: 30 }, rng(1))).toThrow(/from 2 to 30, got 1000/)
  expect(() => kernelDistanceOnSubsets(column(1, 2), column(1, 2), [])).toThrow(/there are none/)
  expect(() => kernelDistanceOnSubsets(column(1, 2), column(1, 2), [{ real: [0, 2], fake: [0, 1] }])).toThrow(
    /the 2 real films do not have/,
  )
})
