import { expect, it } from '@jest/globals'
import { boxesByFilm } from './boxes.ts'

it('the boxes of each film in the order of the rows, none for a film without', () => {
  const of = boxesByFilm([
    { film: 'b', x0: 1, y0: 2, x1: 3, y1: 4 },
    { film: 'a', x0: 5, y0: 6, x1: 7, y1: 8 },
    { film: 'b', x0: 0, y0: 0, x1: 1, y1: 1 },
  ])
  expect(of('b')).toEqual([
    [1, 2, 3, 4],
    [0, 0, 1, 1],
  ])
  expect(of('a')).toEqual([[5, 6, 7, 8]])
  expect(of('c')).toEqual([])
})
