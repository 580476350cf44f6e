// Which films and boxes the figures show, each derived by hand.
import { describe, expect, it } from '@jest/globals'
import { chooseCases } from './chooseCases.ts'
import { evenly } from '../pictures/evenly.ts'
import { matchBoxes } from './matchBoxes.ts'

it('evenly: both ends, equal distances, order kept', () => {
  expect(evenly([0, 1, 2, 3, 4, 5, 6], 3)).toEqual([0, 3, 6])
  expect(evenly([0, 1, 2], 1)).toEqual([1])
  expect(evenly([7, 8], 5)).toEqual([7, 8])
  expect(evenly([], 2)).toEqual([])
})

describe('matchBoxes', () => {
  const truth = [
    [0, 0, 10, 10],
    [20, 0, 30, 10],
  ] as const

  it('the surer detection takes the true box, the second one on it is false', () => {
    const detections = [
      { box: [0, 0, 10, 9], score: 0.5 },
      { box: [0, 0, 10, 8], score: 0.9 },
    ] as const
    expect(matchBoxes(detections, truth)).toEqual({ hits: [false, true], found: [true, false] })
  })

  it('an overlap of exactly .4 is no hit, a little more is', () => {
    // 10 x 4 of 10 x 10: IoU .4
    expect(matchBoxes([{ box: [0, 0, 10, 4], score: 1 }], truth).hits).toEqual([false])
    expect(matchBoxes([{ box: [0, 0, 10, 4.01], score: 1 }], truth).hits).toEqual([true])
  })
})

it('chooseCases: positives evenly, the surest false alarms, then quiet negatives; never one film twice', () => {
  const cases = [
    { film: 'a', truths: 1, surest: null },
    { film: 'b', truths: 0, surest: 0.6 },
    { film: 'c', truths: 2, surest: 0.9 },
    { film: 'd', truths: 0, surest: 0.8 },
    { film: 'e', truths: 0, surest: null },
    { film: 'f', truths: 1, surest: 0.7 },
  ]
  expect(chooseCases(cases, { positives: 2, falseAlarms: 1, quiet: 3 })).toEqual([
    { film: 'a', kind: 'positive' },
    { film: 'f', kind: 'positive' },
    { film: 'd', kind: 'false alarm' },
    { film: 'e', kind: 'quiet negative' },
  ])
})
