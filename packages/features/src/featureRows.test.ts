import { describe, expect, test } from '@jest/globals'
import { extractFeatures } from '@radiograft/metrics/distribution'
import { rng } from '@radiograft/random'
import { pixelExtractor } from './extractors/pixelExtractor.ts'
import { featureRow, featureRows, featureSetOf } from './featureRows.ts'
import { rowsOfFilms } from './rowsOfFilms.ts'

const films = { pixels: rng('films').uniforms(3 * 16), count: 3, height: 4, width: 4 }
const units = ['anna', 'anna', 'ben']
const ids = ['a', 'b', 'c']

test('a set to rows and back', async () => {
  const set = await extractFeatures(pixelExtractor(2), films, units)
  const rows = featureRows(set, ids)
  expect(rows.map(({ film, extractor, sha256, resizeFilter }) => [film, extractor, sha256, resizeFilter])).toEqual(
    ids.map((id) => [id, 'pixels-2x2', '', 'area-2']),
  )
  expect(featureSetOf(rows, new Map(ids.map((id, i) => [id, units[i]!])))).toEqual(set)
  expect(featureSetOf(rows).units).toEqual(ids)
})

test('values are float32 with the low byte first, wherever their bytes lie', () => {
  const row = featureRow('a', [1, -2.5], { name: 'x', sha256: 'f'.repeat(64), resizeFilter: 'none' })
  expect([...row.values]).toEqual([0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0])
  const inside = new Uint8Array(11)
  inside.set(row.values, 3)
  const set = featureSetOf([{ ...row, values: inside.subarray(3) }])
  expect([...set.values]).toEqual([1, -2.5])
  expect(set.extractor.sha256).toBe('f'.repeat(64))
})

describe('refusals', () => {
  const identity = { name: 'x', sha256: null, resizeFilter: 'none' }
  const a = featureRow('a', [1], identity)
  test.each([
    ['none', () => featureSetOf([]), /there are none/],
    [
      'two extractors',
      () => featureSetOf([a, featureRow('b', [1], { ...identity, name: 'y' })]),
      /extractor of b is y, of a x/,
    ],
    ['two filters', () => featureSetOf([a, featureRow('b', [1], { ...identity, resizeFilter: 'z' })]), /never pooled/],
    ['two widths', () => featureSetOf([a, featureRow('b', [1, 2], identity)]), /b has 2 numbers, a 1/],
    ['a film of nobody', () => featureSetOf([a], new Map()), /whose film a is/],
    ['too few ids', () => featureRows({ values: new Float32Array(2), rows: 2, columns: 1, extractor: identity, units: ['p', 'q'] }, ['a']), /1 ids for 2 rows/], // prettier-ignore
  ] as const)('%s', (_, make, message) => expect(make).toThrow(message))
})

test('films one after another give the rows of all at once, whatever the batch', async () => {
  const arrays = [0, 1, 2].map((i) => films.pixels.slice(16 * i, 16 * i + 16))
  const whole = await pixelExtractor(2).extract(films)
  for (const batch of [1, 2, 3, 9]) {
    const rows: number[] = []
    for await (const row of rowsOfFilms(pixelExtractor(2), arrays, films, batch)) rows.push(...row)
    expect(rows).toEqual([...whole.values])
  }
})
