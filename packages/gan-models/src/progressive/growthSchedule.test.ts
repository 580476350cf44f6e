import { expect, it } from '@jest/globals'
import { growthPresets } from './growthPresets.ts'
import { fadeWeight, growthAt, growthSchedule, growthSteps, phaseSteps } from './growthSchedule.ts'

const small = growthSchedule({
  to: 16,
  fadeImages: 20,
  stableImages: 12,
  lastImages: 30,
  batch: (resolution) => (resolution === 16 ? 4 : 8),
})
const brief = (schedule: typeof small) =>
  schedule.map(({ resolution, fading, images, batch }) => `${resolution}${fading ? '~' : ''} ${images}/${batch}`)

it('grows by doubling, each resolution faded in and then stable', () => {
  expect(brief(small)).toEqual(['4 12/8', '8~ 20/8', '8 12/8', '16~ 20/4', '16 30/4'])
  expect(small.map(phaseSteps)).toEqual([2, 3, 2, 5, 8]) // rounded up
  expect(growthSteps(small)).toBe(20)
  expect(brief(growthSchedule({ from: 8, to: 8, fadeImages: 1, stableImages: 5, batch: () => 1 }))).toEqual(['8 5/1'])
})

it('α is the share of the budget that was shown: from 0, in a straight line, never beyond 1', () => {
  const [, fading, stable] = small
  expect([0, 5, 10, 20, 24].map((shown) => fadeWeight(fading!, shown))).toEqual([0, 0.25, 0.5, 1, 1])
  expect([0, 6, 12].map((shown) => fadeWeight(stable!, shown))).toEqual([1, 1, 1])
})

it('by hand: where each step is', () => {
  const rows = Array.from({ length: growthSteps(small) }, (_, step) => growthAt(small, step))
  expect(rows.map(({ index }) => index)).toEqual([0, 0, 1, 1, 1, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4])
  expect(rows.map(({ imagesShown }) => imagesShown)).toEqual([
    0, 8, 16, 24, 32, 40, 48, 56, 60, 64, 68, 72, 76, 80, 84, 88, 92, 96, 100, 104,
  ])
  expect(rows.slice(0, 12).map(({ alpha }) => alpha)).toEqual([1, 1, 0, 0.4, 0.8, 1, 1, 0, 0.2, 0.4, 0.6, 0.8])
  // from 1 again at 8² and at 16², and on through the end of a fade
  expect(rows.map(({ adamStep }) => adamStep)).toEqual([1, 2, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13])
  expect(rows[4]!.stepInPhase).toBe(2)
})

it('Adam may start anew at the end of a fade too, as in the reference', () => {
  const options = { to: 8, fadeImages: 2, stableImages: 2, batch: () => 1 }
  const counts = (adamResets: 'resolution' | 'phase'): number[] => {
    const schedule = growthSchedule({ ...options, adamResets })
    return Array.from({ length: growthSteps(schedule) }, (_, step) => growthAt(schedule, step).adamStep)
  }
  expect(counts('resolution')).toEqual([1, 2, 1, 2, 3, 4])
  expect(counts('phase')).toEqual([1, 2, 1, 2, 1, 2])
})

it('presets show as many films as P6 and P8 say', () => {
  const total = (name: keyof typeof growthPresets): number =>
    growthPresets[name].reduce((sum, { images }) => sum + images, 0)
  expect([total('reference'), total('reference-v1'), total('thorax')]).toEqual([12e6, 19e6, 14e6])
  const perScale = [4, 8, 16, 32, 64, 128, 256, 512, 1024].map((r) =>
    growthPresets.thorax.filter(({ resolution }) => resolution === r).reduce((sum, { images }) => sum + images, 0),
  )
  expect(perScale).toEqual([0.8e6, ...Array.from({ length: 7 }, () => 1.6e6), 2e6]) // P6
  const batches = (name: keyof typeof growthPresets): number[] =>
    growthPresets[name].filter(({ fading }) => !fading).map(({ batch }) => batch)
  expect(batches('thorax').map((b) => b / 4)).toEqual([16, 16, 16, 16, 16, 16, 14, 8, 3]) // P6, a GPU of four
  expect(batches('reference').every((b) => b % 4 === 0)).toBe(true) // groups of four
  expect(growthPresets.reference.filter(({ fading }) => fading).every(({ images }) => images === 600_000)).toBe(true)
})

it('says what cannot be', () => {
  const options = { to: 8, fadeImages: 2, stableImages: 2, batch: () => 1 }
  expect(() => growthSchedule({ ...options, to: 12 })).toThrow('to: 12 is no power of two from 4')
  expect(() => growthSchedule({ ...options, from: 16 })).toThrow('to: 8 is smaller than the first resolution, 16')
  expect(() => growthSchedule({ ...options, fadeImages: 0 })).toThrow('fadeImages: 0 is no whole number from 1')
  expect(() => growthSchedule({ ...options, batch: () => 2.5 })).toThrow('batch at 4: 2.5 is no whole number from 1')
  expect(() => growthAt(growthSchedule(options), 6)).toThrow('step: 6 is behind the schedule')
})
