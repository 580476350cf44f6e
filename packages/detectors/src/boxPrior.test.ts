import { expect, test } from '@jest/globals'
import { boxPrior } from './boxPrior.ts'

test('prior: the median box of each half, scored by how many films have one', () => {
  const films = [
    [
      [10, 10, 20, 20],
      [60, 10, 80, 20],
    ],
    [[12, 12, 24, 30]],
    [[14, 11, 22, 22]],
    [],
  ] as const
  expect(boxPrior(films, 100)).toEqual([
    { box: [12, 11, 22, 22], score: 0.75 },
    { box: [60, 10, 80, 20], score: 0.25 },
  ])
})

test('prior: the medoid is a training box; a half without boxes has none', () => {
  const films = [[[10, 10, 20, 20]], [[11, 10, 21, 20]], [[30, 30, 40, 40]]] as const
  expect(boxPrior(films, 100, { centre: 'medoid' })).toEqual([{ box: [10, 10, 20, 20], score: 1 }])
  expect(boxPrior([[], []], 100)).toEqual([])
})
