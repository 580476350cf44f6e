import { describe, expect, it } from '@jest/globals'
import { namePattern } from './namePattern.ts'
import { targetDifference } from './targetDifference.ts'

const films = (...groups: ReadonlyArray<readonly [n: number, value: string, target: 0 | 1]>) =>
  groups.flatMap(([n, value, target]) => Array.from({ length: n }, () => ({ value, target })))

describe('targetDifference', () => {
  it('positives JPEG, the others PNG: the format tells everything', () => {
    const found = targetDifference('file format', films([20, 'jpeg', 1], [30, 'png', 0]))!
    expect(found).toMatchObject({
      of: 'file format',
      auc: 1,
      values: [
        { value: 'png', others: 1, positives: 0 },
        { value: 'jpeg', others: 0, positives: 1 },
      ],
    })
    expect(found.low).toBeGreaterThan(0.9)
  })
  it('½ + ¼ Σ |difference of shares|, the most different value first', () => {
    // positives 60, 30, 10 %, the others 20, 30, 50 %: Σ = 0.8
    const found = targetDifference(
      'size',
      films([12, 'a', 1], [6, 'b', 1], [2, 'c', 1], [8, 'a', 0], [12, 'b', 0], [20, 'c', 0]),
    )!
    expect(found.auc).toBeCloseTo(0.7, 12)
    // a and c differ by 40 points each, and c is commoner; b does not differ
    expect(found.values.map(({ value }) => value)).toEqual(['c', 'a', 'b'])
  })
  it('a value of its own for each film tells nothing', () => {
    const each = Array.from({ length: 40 }, (_, i) => ({ value: `size ${i}`, target: i % 2 === 0 ? 1 : 0 }) as const)
    expect(targetDifference('size', each)).toMatchObject({ auc: 0.5, values: [{ value: 'other' }] })
  })
  it('is undefined where one target has no film', () => {
    expect(targetDifference('size', films([3, 'a', 1]))).toBeUndefined()
  })
})

it('names without what numbers them', () => {
  expect(namePattern('/a/person12_virus_5.jpeg')).toBe('person#_virus_#')
  expect(namePattern('/a/00000282_000.png')).toBe('#_#')
  expect(namePattern('/a/0124882b-de2f-4023-985f-debb74aa6ebb.dcm')).toBe('*')
  expect(namePattern('/a/1.2.840.113.dcm')).toBe('#.#.#.#')
})
