import { expect, it } from '@jest/globals'
import { rng } from '@radiograft/random'
import { blockFeatures, blockSpace } from './blockFeatures.ts'

it('by hand: blocks of 2 × 2 pixels', () => {
  const film = new Float64Array(32 * 32)
  // block (1, 2) holds 1, 3 above 5, 7: mean 4, deviations −3, −1, 1, 3, whose mean square is 5
  film[2 * 32 + 4] = 1
  film[2 * 32 + 5] = 3
  film[3 * 32 + 4] = 5
  film[3 * 32 + 5] = 7
  const features = blockFeatures(film, 32)
  expect(features).toHaveLength(512)
  expect(features[18]).toBe(4)
  expect(features[256 + 18]).toBeCloseTo(Math.sqrt(5), 12)
  expect(features.filter((v) => v !== 0)).toHaveLength(2)
})

it('means and deviations of the reals have a mean square of 1 each, and as many components as asked for say most of it', () => {
  const films = Array.from({ length: 12 }, (_, i) =>
    rng('blocks')
      .fork(i)
      .normals(32 * 32),
  )
  const space = blockSpace(films, 32, 11)
  const { values, rows, columns } = space.whole(films)
  expect([rows, columns]).toEqual([12, 512])
  const square = (from: number): number =>
    Float64Array.from(values).reduce((sum, v, i) => sum + (i % 512 >= from && i % 512 < from + 256 ? v * v : 0), 0) /
    (12 * 256)
  expect(square(0)).toBeCloseTo(1, 12)
  expect(square(256)).toBeCloseTo(1, 12)
  // 12 films about their mean lie in 11 dimensions
  const projected = space.projected(films)
  expect(projected.columns).toBe(11)
  expect(Float64Array.from(projected.values).reduce((sum, v) => sum + v * v, 0)).toBeCloseTo(12 * 512, 6)
})
