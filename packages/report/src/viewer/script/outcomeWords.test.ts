import { expect, test } from '@jest/globals'
import { lineStyleOf, markWord, markWords } from './outcomeWords.ts'

test('a true box that some arm found is drawn as found, whichever arms are named', () => {
  for (const outcome of ['found', 'found by plain', 'found by plain, attention'])
    expect([lineStyleOf(outcome), markWord(outcome)]).toEqual(['found', outcome])
  expect(['missed', 'hit', 'false', '', 'foundling'].map(lineStyleOf)).toEqual([
    'missed',
    'hit',
    'false',
    'other',
    'other',
  ])
})

test('boxes counted: nouns take a plural, participles none', () => {
  expect([markWords('false', 1), markWords('false', 2)]).toEqual(['1 false alarm', '2 false alarms'])
  expect([markWords('hit', 1), markWords('hit', 3)]).toEqual(['1 hit', '3 hits'])
  expect([markWords('missed', 2), markWords('found by plain', 2), markWords('', 2)]).toEqual([
    '2 missed',
    '2 found by plain',
    '2 not compared',
  ])
})
