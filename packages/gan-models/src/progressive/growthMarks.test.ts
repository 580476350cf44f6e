import { expect, it } from '@jest/globals'
import { earlyMark, phaseEnds } from './growthMarks.ts'
import { growthSchedule } from './growthSchedule.ts'

const schedule = growthSchedule({ to: 16, fadeImages: 20, stableImages: 12, lastImages: 30, batch: () => 8 })

it('by hand: phases end after 2, 3, 2, 3 and 4 steps', () => {
  expect(phaseEnds(schedule).map(({ done, label, next }) => [done, label, next?.resolution])).toEqual([
    [2, '01-4-stable', 8],
    [5, '02-8-fading', 8],
    [7, '03-8-stable', 16],
    [10, '04-16-fading', 16],
    [14, '05-16-stable', undefined],
  ])
})

it('early is the first step with that share of all films shown, 112 here, at the resolution that was whole', () => {
  expect(earlyMark(schedule)).toEqual({ done: 1, imagesShown: 8, resolution: 4 }) // 1.12 films
  expect(earlyMark(schedule, 24 / 112)).toEqual({ done: 3, imagesShown: 24, resolution: 4 }) // 8² is being faded in
  expect(earlyMark(schedule, 24.1 / 112)).toEqual({ done: 4, imagesShown: 32, resolution: 4 })
  expect(earlyMark(schedule, 0.5)).toEqual({ done: 7, imagesShown: 56, resolution: 8 })
})
