import { expect, test } from '@jest/globals'
import {
  cohortTables,
  collectFilms,
  defaultsOf,
  filmIds,
  filmsInMemory,
  stageContext,
} from '@radiograft/pipeline/testing'
import { rng } from '@radiograft/random'
import { attentionControl } from './attentionControl.ts'
import { derangement, run } from './attentionControl.run.ts'

const ids = filmIds(5)
const residuals = filmsInMemory(ids, 4, (_, i) => new Float32Array(16).fill(i / 10))
const films = filmsInMemory(ids, 8, () => new Float32Array(64))
// the left half of film 1
const boxes = [{ film: ids[1]!, x0: 0, y0: 0, x1: 4, y1: 8, label: 'opacity' }]
const masks = filmsInMemory([ids[1]!], 8, () => Float32Array.from({ length: 64 }, (_, i) => (i < 32 ? 1 : 0)))
const { split } = cohortTables(ids, { partOf: (i) => (i < 3 ? 'train' : 'test') })
const mapsOf = async (map: 'other-film' | 'constant' | 'oracle', given: object = {}) => {
  const params = defaultsOf(attentionControl, { map })
  const out = await run({
    params,
    inputs: { residuals, films, boxes, split, masks: undefined, ...given },
    ctx: stageContext(),
  })
  return collectFilms(out.maps)
}

test('another film’s residual, of the same part: each is lent once, none to itself, the same each time', async () => {
  const lent = (await mapsOf('other-film')).map(({ pixels }) => Math.round(10 * pixels[0]!))
  expect(lent.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4])
  lent.forEach((other, i) => expect([other === i, other < 3]).toEqual([false, i < 3])) // within its part
  expect((await mapsOf('other-film')).map(({ pixels }) => Math.round(10 * pixels[0]!))).toEqual(lent)
  for (let n = 2; n < 9; n++) {
    const other = derangement(n, rng(n).permutation(n))
    expect(Array.from(other).toSorted((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i))
    other.forEach((at, i) => expect(at).not.toBe(i))
  }
})

test('a constant map is the mean residual everywhere', async () => {
  for (const { pixels } of await mapsOf('constant')) for (const v of pixels) expect(v).toBeCloseTo(0.2, 6)
})

test('the oracle’s map is the mask, or else the boxes, at the residuals’ size; none without a lesion', async () => {
  const rows = (map: Float32Array): number[] => [map[0]!, map[3]!, map[12]!, map[15]!].map((v) => Math.round(10 * v))
  const [none, boxed] = await mapsOf('oracle')
  expect([none, boxed].map((film) => rows(film!.pixels))).toEqual([
    [0, 0, 0, 0],
    [2, 0, 2, 0], // left
  ])
  const [, masked] = await mapsOf('oracle', { masks })
  expect(rows(masked!.pixels)).toEqual([2, 2, 0, 0]) // above
})
