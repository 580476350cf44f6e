import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { normalRows } from './fixtures/samples.ts'
import { frechetMeasure } from './frechetMeasure.ts'
import { onProjection, principalProjection } from './principalProjection.ts'

const oracle = JSON.parse(readFileSync(new URL('./fixtures/principal.json', import.meta.url), 'utf8')) as {
  cases: { rows: number; columns: number; dims: number; films: number[]; directions: number[] }[]
}

describe('principalProjection', () => {
  test('by hand: films on the line (3, −4)t vary along (−3, 4)/5, the larger coordinate positive', () => {
    const films = { values: Float64Array.of(1, 1, 4, -3, 7, -7), rows: 3, columns: 2 }
    const { name, directions, dims } = principalProjection(films, 1)
    expect([name, dims]).toEqual(['principal1', 1])
    expect([...directions]).toEqual([expect.closeTo(-0.6, 12), expect.closeTo(0.8, 12)])
    // 1·−.6 + 1·.8 = .2, then five less a film: the distances along the line
    const [a, b, c] = onProjection(films, principalProjection(films, 1)).values
    expect([a, b! - a!, c! - b!]).toEqual([0.2, -5, -5].map((v) => expect.closeTo(v, 12)))
  })

  test.each(oracle.cases)(
    'scikit-learn, $rows films of $columns columns (tools/oracles/metrics_principal.py)',
    ({ rows, columns, dims, films, directions }) => {
      const found = principalProjection({ values: Float64Array.from(films), rows, columns }, dims).directions
      found.forEach((v, i) => expect(v).toBeCloseTo(directions[i]!, 10))
      expect(found).toHaveLength(directions.length)
    },
  )

  test('refusals: more directions than films less one, films that do not vary in them, other columns', () => {
    const films = normalRows('films', 5, [1, 1, 1, 1, 1, 1, 1])
    expect(() => principalProjection(films, 5)).toThrow(/from 1 to 4, got 5/)
    expect(() => principalProjection(normalRows('many', 90, Array<number>(80).fill(1)), 65)).toThrow(/from 1 to 64/)
    expect(() => principalProjection(normalRows('flat', 9, [1, 0, 0]), 2)).toThrow(/fewer than 2 directions/)
    expect(() => onProjection(normalRows('other', 3, [1, 1]), principalProjection(films, 2))).toThrow(/take/)
  })
})

test('fid-principal: a shift along a kept direction is seen whole, one across all kept directions is not seen', () => {
  const deviations = [4, 3, 0.1, 0.1]
  const training = normalRows('training', 400, deviations)
  const measure = frechetMeasure(principalProjection(training, 2))
  const films = normalRows('films', 300, deviations)
  const moved = (column: number) => ({
    ...films,
    values: films.values.map((v, i) => (i % 4 === column ? v + 2 : v)),
  })
  expect([measure.protocol, measure.dims(4)]).toEqual(['fid-principal2', 2])
  expect(measure.value(films, moved(0))).toBeCloseTo(4, 1)
  expect(measure.value(films, moved(3))).toBeLessThan(0.01)
})

test('neither held-out nor generated films move the projection', () => {
  const training = normalRows('training', 60, [3, 2, 1])
  const before = principalProjection(training, 2)
  const measure = frechetMeasure(before)
  measure.value(normalRows('real', 30, [1, 1, 9]), normalRows('fake', 30, [1, 9, 1], 5))
  expect(principalProjection(training, 2).directions).toEqual(before.directions)
  const other = principalProjection({ ...training, values: Float64Array.from(rng(1).normals(180)) }, 2)
  expect(other.directions).not.toEqual(before.directions)
})
