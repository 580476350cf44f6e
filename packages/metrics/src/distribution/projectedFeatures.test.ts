import { expect, test } from '@jest/globals'
import { normalRows } from './fixtures/samples.ts'
import { projectedFeatures } from './projectedFeatures.ts'

/** Rows of the identity, so that the projection's own matrix comes out, [columns, dims]. */
const unit = (n: number) => ({
  values: Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0)),
  rows: n,
  columns: n,
})

test('orthonormal, 64 dimensions at most, the same every time', () => {
  const { values, columns, projection } = projectedFeatures(unit(100))
  expect([columns, projection]).toEqual([64, 'projected64'])
  let off = 0
  for (let a = 0; a < 64; a += 7)
    for (let b = 0; b < 64; b++) {
      let product = 0
      for (let i = 0; i < 100; i++) product += values[i * 64 + a]! * values[i * 64 + b]!
      off = Math.max(off, Math.abs(product - (a === b ? 1 : 0)))
    }
  expect(off).toBeLessThan(1e-13)
  expect(projectedFeatures(unit(100)).values).toEqual(values)
  // known numbers: figures of two versions are compared
  expect(values[0]).toBeCloseTo(0.056067594119578124, 14)
})

test('in all dimensions it is a turn: lengths stay', () => {
  const rows = normalRows('turn', 20, [1, 2, 3])
  const turned = projectedFeatures(rows, { dims: 3 })
  const squares = (v: ArrayLike<number>, row: number): number =>
    v[3 * row]! ** 2 + v[3 * row + 1]! ** 2 + v[3 * row + 2]! ** 2
  for (let row = 0; row < 20; row++) expect(squares(turned.values, row)).toBeCloseTo(squares(rows.values, row), 12)
})

test('fewer dimensions are the first of more; another seed is another projection and another name', () => {
  const [two, three] = [2, 3].map((dims) => projectedFeatures(unit(10), { dims }))
  for (let i = 0; i < 10; i++) expect(two!.values[2 * i + 1]).toBe(three!.values[3 * i + 1])
  const other = projectedFeatures(unit(10), { dims: 2, seed: 3 })
  expect(other.projection).toBe('projected2-seed3')
  expect(other.values).not.toEqual(two!.values)
})

test('refusals', () => {
  expect(() => projectedFeatures(unit(100), { dims: 65 })).toThrow(/from 1 to 64, got 65/)
  expect(() => projectedFeatures(unit(10))).toThrow(/from 1 to 10, got 64/)
})
