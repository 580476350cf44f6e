import { expect, it } from '@jest/globals'
import { newcombe } from './newcombe.ts'

it("is Newcombe's method 10 on the examples of his Table II", () => {
  const examples = [
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [10, 10, 0, 10, 0.6075, 1],
  ] as const
  for (const [hits1, of1, hits0, of0, low, high] of examples) {
    const difference = newcombe(hits1, of1, hits0, of0)
    expect(difference.value).toBeCloseTo(hits1 / of1 - hits0 / of0, 12)
    expect(difference.low).toBeCloseTo(low, 4)
    expect(difference.high).toBeCloseTo(high, 4)
  }
})
