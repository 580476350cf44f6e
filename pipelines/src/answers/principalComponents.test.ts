import { expect, it } from '@jest/globals'
import { rng } from '@radiograft/random'
import { score, type Film } from './linearReader.ts'
import { coordinates, filmAt, principalComponents } from './principalComponents.ts'

it('by hand: an ellipse of four films, twice as long as wide, about (1, 2, 3, 4, 5)', () => {
  const middle = [1, 2, 3, 4, 5]
  const films = [
    [2, 0],
    [-2, 0],
    [0, 1],
    [0, -1],
  ].map(([a, b]) => Float64Array.from(middle, (v, p) => v + (p === 0 ? a! : p === 3 ? b! : 0)))
  // four films on two axes only: the third direction has no length
  const { mean, directions, deviations } = principalComponents(films)
  expect(Array.from(mean)).toEqual(middle)
  expect(Array.from(directions[0]!, Math.abs)).toEqual([1, 0, 0, 0, 0].map((v) => expect.closeTo(v, 12)))
  expect(Array.from(directions[1]!, Math.abs)).toEqual([0, 0, 0, 1, 0].map((v) => expect.closeTo(v, 12)))
  // (4 + 4)/4 and (1 + 1)/4
  expect(deviations[0]).toBeCloseTo(Math.SQRT2, 12)
  expect(deviations[1]).toBeCloseTo(Math.SQRT1_2, 12)
})

it('all directions give back the films they were made of, orthonormal, by falling deviation', () => {
  const films = Array.from({ length: 6 }, (_, i): Film => Float64Array.from(rng('films').fork(i).normals(20)))
  const found = principalComponents(films)
  expect(found.directions).toHaveLength(5)
  for (const film of films) {
    const again = filmAt(found, coordinates(found, film, 5))
    expect(Math.max(...again.map((v, p) => Math.abs(v - film[p]!)))).toBeLessThan(1e-12)
    const short = filmAt(found, coordinates(found, film, 4))
    expect(Math.max(...short.map((v, p) => Math.abs(v - film[p]!)))).toBeGreaterThan(1e-3)
  }
  found.directions.forEach((a, i) =>
    found.directions.forEach((b, j) => expect(score(a, b)).toBeCloseTo(i === j ? 1 : 0, 10)),
  )
  expect(Array.from(found.deviations)).toEqual(Array.from(found.deviations.toSorted().toReversed()))
})
