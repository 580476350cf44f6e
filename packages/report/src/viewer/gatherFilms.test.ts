import { expect, test } from '@jest/globals'
import { gatherFilms } from './gatherFilms.ts'

const picture = (film: string, layer: string, order: number, ...png: number[]) => ({
  film,
  layer,
  order,
  frame: 'f',
  width: 2,
  height: 1,
  low: 0,
  high: 1,
  png: Uint8Array.from(png),
})
const mark = (film: string, set: string, score: number) => ({
  film,
  frame: 'f',
  set,
  outcome: '',
  x0: 0,
  y0: 0,
  x1: 1,
  y1: Infinity,
  score,
})
const judged = (film: string, arm: string, score: number) => ({
  film,
  arm,
  part: 'test',
  class: 'c',
  target: 1,
  outcome: 'true positive',
  score,
  error: NaN,
  metric: 'm',
})

test('a film is there when a picture, a mark or a case names it; layers by their order', () => {
  const gathered = gatherFilms(
    {
      pictures: [picture('b', 'late', 2, 1), picture('b', 'early', 1, 2), picture('a', 'other', 3, 3)],
      marks: [mark('c', 'z', 0.5), mark('b', 'truth', NaN), mark('b', 'plain', 0.25)],
      cases: [judged('d', 'plain', NaN), judged('b', 'attention', 0.5), judged('e', '', NaN)],
    },
    (film, layer) => `${film}-${layer}`,
  )
  expect(gathered.films.map(({ film }) => film)).toEqual(['a', 'b', 'c', 'd', 'e'])
  expect(gathered.layers).toEqual(['early', 'late', 'other'])
  expect(gathered.arms).toEqual(['attention', 'plain'])
  expect(gathered.sets).toEqual(['truth', 'plain', 'z'])
  expect(gathered.bytes.map((layers) => layers.map(([byte]) => byte))).toEqual([[3], [2, 1], [], [], []])
  expect(gathered.films[1]).toEqual({
    film: 'b',
    class: 'c',
    part: 'test',
    target: 1,
    layers: [
      { layer: 'early', frame: 'f', width: 2, height: 1, low: 0, high: 1, source: '1-0' },
      { layer: 'late', frame: 'f', width: 2, height: 1, low: 0, high: 1, source: '1-1' },
    ],
    marks: [
      { set: 'truth', frame: 'f', outcome: '', box: [0, 0, 1, null], score: null },
      { set: 'plain', frame: 'f', outcome: '', box: [0, 0, 1, null], score: 0.25 },
    ],
    cases: [{ arm: 'attention', outcome: 'true positive', score: 0.5, error: null, metric: 'm' }],
  })
  expect(gathered.films[0]).toMatchObject({ class: '', part: '', target: null })
  // a film that no arm judged is known all the same
  expect(gathered.films[4]).toMatchObject({ class: 'c', part: 'test', cases: [] })
})

test('no picture is lost where two results have the same layer of a film', () => {
  const { films, layers } = gatherFilms(
    { pictures: [picture('a', 'l', 1, 1), picture('a', 'l', 1, 2)], marks: [], cases: [] },
    (_, layer) => layer,
  )
  expect(films[0]!.layers.map(({ layer }) => layer)).toEqual(['l', 'l (2)'])
  expect(layers).toEqual(['l', 'l (2)'])
})
