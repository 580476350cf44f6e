import { expect, test } from '@jest/globals'
import { SCHEDULES, turnsOf } from './schedule.ts'

/** `D` and `G` of every step, with the counts of each before it. */
const written = (schedule: (typeof SCHEDULES)[number], steps: number, epoch: number): string => {
  const turns = turnsOf(schedule, { steps, epoch })
  return Array.from({ length: turns.steps }, (_, i) => {
    const { trains, detector, generator } = turns.at(i)
    return `${trains[0]}${detector},${generator}`
  }).join(' ')
}

test('2:1 with epochs of two steps: the detector begins and ends, and has all its steps', () => {
  // four steps of the detector, two of the generator, and the last, shorter turn
  expect(written('2:1', 6, 2)).toBe('d0,0 d1,0 d2,0 d3,0 g4,0 g4,1 d4,2 d5,2')
  // where the last turn would be the generator's it is left out
  expect(written('2:1', 4, 2)).toBe('d0,0 d1,0 d2,0 d3,0')
})

test('1:3', () => expect(written('1:3', 2, 1)).toBe('d0,0 g1,0 g1,1 g1,2 d1,3'))

test('joint: both in each step', () => expect(written('joint', 3, 2)).toBe('b0,0 b1,1 b2,2'))

test.each(SCHEDULES)(
  '%s: every step of either is there once and in order, the detector’s are as many as asked for',
  (schedule) => {
    const turns = turnsOf(schedule, { steps: 47, epoch: 3 })
    const all = Array.from({ length: turns.steps }, (_, i) => turns.at(i))
    const of = (who: 'detector' | 'generator') =>
      all.filter(({ trains }) => trains === who || trains === 'both').map((turn) => turn[who])
    expect(of('detector')).toEqual(Array.from({ length: 47 }, (_, i) => i))
    expect(of('generator')).toEqual(of('generator').map((_, i) => i))
    expect(all.at(-1)!.trains).not.toBe('generator')
  },
)
