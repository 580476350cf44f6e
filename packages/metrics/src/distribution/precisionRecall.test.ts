import { expect, test } from '@jest/globals'
import { featuresOf, oracle } from './fixtures/oracle.ts'
import { normalRows } from './fixtures/samples.ts'
import { precisionRecall } from './precisionRecall.ts'
import { takeRows } from './takeRows.ts'

const column = (...values: number[]) => ({ values: Float64Array.from(values), rows: values.length, columns: 1 })

test('by hand, k = 1: at the radius is inside', () => {
  // radii of 0, 1, 3: 1, 1, 2, so the manifold is [−1, 2] and [1, 5]; of 5, 5.5, 9: .5, .5, 3.5: [4.5, 6] and [5.5, 12.5]
  const { precision, recall, fakeInside, realInside } = precisionRecall(column(0, 1, 3), column(5, 5.5, 9), { k: 1 })
  expect(Array.from(fakeInside)).toEqual([1, 0, 0])
  expect(precision).toBe(1 / 3)
  expect(Array.from(realInside)).toEqual([0, 0, 0])
  expect(recall).toBe(0)
  // of 4, 5: radii 1 and 1, the manifold is [3, 6]: of 0, 1, 3 the last lies at its edge
  expect(precisionRecall(column(0, 1, 3), column(4, 5), { k: 1 }).realInside).toEqual(Uint8Array.of(0, 0, 1))
})

test('by hand, k = 2: the second nearest other film makes the radius', () => {
  // radii of 0, 1, 3: 3, 2, 3: [−3, 3], [−1, 3], [0, 6]
  expect(precisionRecall(column(0, 1, 3), column(-3, -3.5, 6), { k: 2 }).fakeInside).toEqual(Uint8Array.of(1, 0, 1))
})

test('equal sets: both 1; one film again and again: recall 0, precision that of the film', () => {
  const real = normalRows('real', 80, [1, 1, 1])
  expect(precisionRecall(real, real)).toMatchObject({ precision: 1, recall: 1 })
  const one = (values: number[]) => ({
    values: Float64Array.from({ length: 240 }, (_, i) => values[i % 3]!),
    rows: 80,
    columns: 3,
  })
  expect(precisionRecall(real, one([0.1, 0.1, 0.1]))).toMatchObject({ precision: 1, recall: 0 })
  expect(precisionRecall(real, one([9, 9, 9]))).toMatchObject({ precision: 0, recall: 0 })
  // a copied training film is the one real film that it covers
  expect(precisionRecall(real, one(Array.from(real.values.subarray(3, 6))))).toMatchObject({ recall: 1 / 80 })
})

test('torch-fidelity; scikit-learn film by film; the order of films changes nothing', () => {
  const [real, fake] = [featuresOf(oracle.manifold.real), featuresOf(oracle.manifold.fake)]
  for (const { k, precision, recall, fakeInside, realInside } of oracle.manifold.cases) {
    const got = precisionRecall(real, fake, { k })
    expect(Array.from(got.fakeInside)).toEqual(fakeInside)
    expect(Array.from(got.realInside)).toEqual(realInside)
    expect(got.precision).toBeCloseTo(precision, 6) // torch-fidelity averages in float32
    expect(got.recall).toBeCloseTo(recall, 6)
    const order = Array.from({ length: fake.rows }, (_, i) => (i * 7) % fake.rows)
    const turned = precisionRecall(real, takeRows(fake, order), { k })
    expect(Array.from(turned.realInside)).toEqual(realInside)
    expect(Array.from(turned.fakeInside)).toEqual(order.map((row) => fakeInside[row]))
  }
})

test('blocks of rows: more columns than a block has room for', () => {
  const wide = Array.from({ length: 9000 }, () => 1)
  const [real, fake] = [normalRows('wide', 9, wide), normalRows('wider', 7, wide)]
  const squared = (a: typeof real, i: number, b: typeof real, j: number): number => {
    let sum = 0
    for (let c = 0; c < 9000; c++) sum += (a.values[i * 9000 + c]! - b.values[j * 9000 + c]!) ** 2
    return sum
  }
  const radius = (set: typeof real, i: number): number =>
    Array.from({ length: set.rows }, (_, j) => squared(set, i, set, j)).toSorted((a, b) => a - b)[3]!
  const inside = (x: typeof real, i: number, set: typeof real): number =>
    Number(Array.from({ length: set.rows }, (_, j) => squared(x, i, set, j) <= radius(set, j)).some(Boolean))
  const got = precisionRecall(real, fake)
  expect(Array.from(got.fakeInside)).toEqual(Array.from({ length: 7 }, (_, i) => inside(fake, i, real)))
  expect(Array.from(got.realInside)).toEqual(Array.from({ length: 9 }, (_, i) => inside(real, i, fake)))
})

test('refusals', () => {
  expect(() => precisionRecall(column(1, 2, 3), column(1, 2, 3, 4))).toThrow(/from 1 to 2, for 3 real/)
  expect(() => precisionRecall(column(1, 2, 3), column(1, 2, 3, 4), { k: 0 })).toThrow(/got 0/)
})
