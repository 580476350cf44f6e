import { describe, expect, it } from '@jest/globals'
import { filmStrip } from './filmStrip.ts'

describe('filmStrip', () => {
  const path = [0, 1, 1.1, 1.2, 4].map((at, i) => ({ z: Float32Array.of(at, 0), score: i, call: i + 1 }))
  it('by hand: ends, and points at even distances along the way', () => {
    // wanted at 0, 2, 4: 1.2 is nearest to 2
    expect(filmStrip(path, 3).map(({ score }) => score)).toEqual([0, 3, 4])
    expect(filmStrip(path, 2).map(({ score }) => score)).toEqual([0, 4])
    expect(filmStrip(path, 5).map(({ score }) => score)).toEqual([0, 1, 3, 4]) // 3 is as near to 4 as to nothing else
    expect(filmStrip(path.slice(0, 1), 3)).toHaveLength(1)
  })
  it('refusals', () => {
    expect(() => filmStrip(path, 1)).toThrow(/frames/)
    expect(() => filmStrip([], 2)).toThrow(/holds no point/)
  })
})
