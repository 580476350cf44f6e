import { expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { addTransposedProduct } from './transposedProduct.ts'

const numbers = (name: string, count: number): Float64Array => Float64Array.from(rng(name).normals(count))
const rowMajor = (values: Float64Array, columns: number) => ({ values, offset: 0, down: columns, across: 1 })

test('by hand: [[1, 2], [3, 4]]ᵀ [[5], [6]] is [23, 34], added', () => {
  const c = { values: Float64Array.of(100, 200), offset: 0, down: 1 }
  const [a, b] = [rowMajor(Float64Array.of(1, 2, 3, 4), 2), rowMajor(Float64Array.of(5, 6), 1)]
  addTransposedProduct(c, a, b, { k: 2, m: 2, n: 1 })
  expect(Array.from(c.values)).toEqual([123, 234])
  addTransposedProduct(c, a, b, { k: 2, m: 2, n: 1 }, { alpha: -2 })
  expect(Array.from(c.values)).toEqual([77, 166])
})

// past the ends of tiles, panels and blocks: of 4; of hundreds of rows; of 256 and of 2048 columns
test.each([
  [3, 2, 5],
  [520, 6, 270],
  [9, 2050, 7],
  [5, 7, 261],
])('%i rows, %i and %i columns: as sums one by one', (k, m, n) => {
  const [a, b, c] = [numbers('a', k * m), numbers('b', k * n), numbers('c', m * n)]
  const wanted = c.slice()
  for (let row = 0; row < k; row++)
    for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) wanted[i * n + j]! += a[row * m + i]! * b[row * n + j]!
  addTransposedProduct({ values: c, offset: 0, down: n }, rowMajor(a, m), rowMajor(b, n), { k, m, n })
  for (let i = 0; i < m * n; i++) expect(Math.abs(c[i]! - wanted[i]!)).toBeLessThan(1e-11)
})

test('parts of larger arrays, one of them read down its columns; nothing else is touched', () => {
  const [a, b] = [numbers('a', 8 * 9), numbers('b', 10 * 11)]
  const c = numbers('c', 12 * 13)
  const wanted = c.slice()
  // A: rows 2…6, columns 3…8 of [8, 9]. B: of [10, 11] read as its transpose, rows 1…5 (its columns), columns 4…7 (its rows)
  for (let k = 0; k < 5; k++)
    for (let i = 0; i < 6; i++)
      for (let j = 0; j < 4; j++) wanted[(5 + i) * 13 + 7 + j]! += a[(2 + k) * 9 + 3 + i]! * b[(4 + j) * 11 + 1 + k]!
  addTransposedProduct(
    { values: c, offset: 5 * 13 + 7, down: 13 },
    { values: a, offset: 2 * 9 + 3, down: 9, across: 1 },
    { values: b, offset: 4 * 11 + 1, down: 1, across: 11 },
    { k: 5, m: 6, n: 4 },
  )
  c.forEach((value, i) => expect(value).toBeCloseTo(wanted[i]!, 13))
})

test('a matrix with itself, its upper triangle: past the columns that are held at once', () => {
  const [k, n] = [3, 2310]
  const x = rowMajor(numbers('x', k * n), n)
  const c = new Float64Array(n * n)
  addTransposedProduct({ values: c, offset: 0, down: n }, x, x, { k, m: n, n }, { upper: true })
  let worst = 0
  for (let i = 0; i < n; i++)
    for (let j = i; j < n; j++) {
      let sum = 0
      for (let row = 0; row < k; row++) sum += x.values[row * n + i]! * x.values[row * n + j]!
      worst = Math.max(worst, Math.abs(sum - c[i * n + j]!))
    }
  expect(worst).toBeLessThan(1e-14)
})
