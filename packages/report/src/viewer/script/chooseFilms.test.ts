import { expect, test } from '@jest/globals'
import type { FilmData, Given, ViewerData } from '../ViewerData.ts'
import { firstChoice } from './Choice.ts'
import type { Choice } from './Choice.ts'
import { chooseFilms, outcomesIn } from './chooseFilms.ts'

const film = (
  name: string,
  cls: string,
  part: string,
  ...cases: ReadonlyArray<readonly [arm: string, outcome: string, score: Given, error: Given]>
): FilmData => ({
  film: name,
  class: cls,
  part,
  target: 1,
  layers: [],
  marks: [],
  cases: cases.map(([arm, outcome, score, error]) => ({ arm, outcome, score, error, metric: 'm' })),
})

const films = [
  film('A1', 'sick', 'test', ['a', 'true positive', 0.9, 0.1], ['b', 'true positive', 0.4, 0.2]),
  film('A2', 'sick', 'test', ['a', 'false negative', null, 1], ['b', 'true positive', 0.7, 0.3]),
  film('b3', 'well', 'validation', ['a', 'false positive', 0.6, 0.5]),
  film('__proto__', '', 'train'),
]
const data: ViewerData = { films, layers: [], arms: ['a', 'b'], sets: [] }
const chosen = (change: Partial<Choice>): ReadonlyArray<number> =>
  chooseFilms(films, { ...firstChoice(data), ...change })

test('without filters all films, by name', () => {
  expect(chosen({})).toEqual([0, 1, 2, 3])
})

test('each filter, and all together', () => {
  expect(chosen({ class: 'sick' })).toEqual([0, 1])
  expect(chosen({ class: '' })).toEqual([3])
  expect(chosen({ part: 'validation' })).toEqual([2])
  expect(chosen({ outcome: 'true positive' })).toEqual([0])
  expect(chosen({ outcome: 'true positive', arm: 'b' })).toEqual([0, 1])
  expect(chosen({ outcome: '' })).toEqual([3])
  expect(chosen({ search: ' a' })).toEqual([0, 1])
  expect(chosen({ search: '__PROTO' })).toEqual([3])
  expect(chosen({ class: 'sick', part: 'test', arm: 'b', outcome: 'true positive', search: '2' })).toEqual([1])
})

test('two arms disagree where both judged it and differ', () => {
  expect(chosen({ against: 'b' })).toEqual([1])
  expect(chosen({ against: 'a' })).toEqual([])
})

test('sorted by a number, films without it last', () => {
  expect(chosen({ sort: 'error' })).toEqual([1, 2, 0, 3])
  expect(chosen({ sort: 'error-up' })).toEqual([0, 2, 1, 3])
  expect(chosen({ sort: 'score' })).toEqual([0, 2, 1, 3])
  expect(chosen({ sort: 'score-up' })).toEqual([2, 0, 1, 3])
  expect(chosen({ sort: 'score', arm: 'b' })).toEqual([1, 0, 2, 3])
})

test('outcomes that there are, not judged last', () => {
  expect(outcomesIn(data)).toEqual(['false negative', 'false positive', 'true positive', ''])
})
