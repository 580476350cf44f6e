import { describe, expect, test } from '@jest/globals'
import { nearestFilms } from './nearestFilms.ts'
import { oracle, oracleSets } from './testing/oracle.ts'
import { drawn, part, rows } from './testing/rows.ts'

describe('nearestFilms', () => {
  test('by hand: 3-4-5', () => {
    const { nearest, distances } = nearestFilms(
      rows('q', [
        [0, 0],
        [9, 9],
      ]),
    )
      .offer(
        rows('p', [
          [3, 4],
          [9, 8],
          [-5, 1],
        ]),
      )
      .result()
    expect(nearest).toEqual(['p 0000', 'p 0001'])
    expect([...distances]).toEqual([5, 1])
  })

  test('ties go by id, whatever the order of films and of blocks', () => {
    const pool = { ids: ['b', 'a', 'c'], values: Float64Array.of(1, -1, 1) }
    const query = rows('q', [[0]])
    expect(nearestFilms(query).offer(pool).result().nearest).toEqual(['a'])
    for (const order of [
      [0, 1, 2],
      [2, 0, 1],
      [1, 2, 0],
    ])
      expect(
        order.reduce((search, i) => search.offer(part(pool, i, i + 1)), nearestFilms(query)).result().nearest,
      ).toEqual(['a'])
  })

  test('blocks of any size give what one block gives, for more queries than are taken at once', () => {
    const [pool, queries] = [drawn('p', 150, 'pool'), drawn('q', 70, 'queries')]
    const whole = nearestFilms(queries).offer(pool).result()
    const search = nearestFilms(queries)
    for (let at = 0; at < 150; at += 37) search.offer(part(pool, at, at + 37))
    expect(search.result()).toEqual(whole)
  })

  test('a copy in float32 features far from the origin has distance 0, and its neighbour of one bit has not', () => {
    const base = Float32Array.from({ length: 64 }, (_, i) => 1000 + i)
    const moved = base.slice()
    moved[5] = 1005.0001
    const pool = { ids: ['a moved', 'b same'], values: Float32Array.from([...moved, ...base]) }
    const { nearest, distances } = nearestFilms({ ids: ['q'], values: base })
      .offer(pool)
      .result()
    expect(nearest).toEqual(['b same'])
    expect(distances[0]).toBe(0)
  })

  test('scikit-learn, brute force (tools/oracles/metrics_memorisation.py)', () => {
    const sets = oracleSets
    for (const [queries, pool, { indices, distances }] of [
      [sets.samples, sets.training, oracle.samplesToTraining],
      [sets.samples, sets.heldOut, oracle.samplesToHeldOut],
      [sets.heldOut, sets.training, oracle.heldOutToTraining],
    ] as const) {
      const got = nearestFilms(queries).offer(pool).result()
      expect(got.nearest).toEqual(indices.map((i) => pool.ids[i]))
      got.distances.forEach((d, i) => expect(d).toBeCloseTo(distances[i]!, 12))
    }
  })

  test('refusals', () => {
    const query = rows('q', [[0, 0]])
    expect(() => nearestFilms(query).result()).toThrow(/holds no film: offer/)
    expect(() => nearestFilms(query).offer(rows('p', [[1]]))).toThrow(/1 features a film, the queries have 2/)
    expect(() => nearestFilms({ ids: ['a', 'a'], values: Float64Array.of(1, 2) })).toThrow(/stands twice/)
    expect(() => nearestFilms({ ids: ['a', 'b'], values: Float64Array.of(1, 2, 3) })).toThrow(/no whole number/)
    expect(() => nearestFilms(query).offer(rows('p', [[1, Number.NaN]]))).toThrow(
      /p 0000 has a value that is not finite/,
    )
  })
})
