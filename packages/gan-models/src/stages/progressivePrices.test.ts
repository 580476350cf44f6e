import { expect, it } from '@jest/globals'
import type { PriceGiven } from '@radiograft/pipeline'
import { growthPresets } from '../progressive/growthPresets.ts'
import { progressiveStepSeconds } from '../progressive/growthSeconds.ts'
import { fitProgressive, latentStepSeconds, sampleFilms } from './index.ts'

const given = (params: PriceGiven['params'], network: PriceGiven['network'] = {}): PriceGiven => ({
  params,
  network,
  films: { count: 100, side: 128 },
})
const price = (params: PriceGiven['params']): number => fitProgressive.price!.seconds(given(params))
const step = (resolution: number, batch: number, largest = 64) => progressiveStepSeconds({ resolution, batch }, largest)

it('a growth costs the steps of its phases: one more batch of the last, of all that are whole, of all that fade', () => {
  const more = (name: string): number => price({ [name]: 8016 }) - price({ [name]: 8000 })
  expect(more('lastImages')).toBeCloseTo(step(64, 16), 9)
  expect(Math.abs(more('lastImages') / 1.43 - 1)).toBeLessThan(0.05) // measured on an idle machine
  expect(more('stableImages')).toBeCloseTo(
    [4, 8, 16, 32].reduce((sum, r) => sum + step(r, 16), 0),
    9,
  )
  expect(more('fadeImages')).toBeCloseTo(
    [8, 16, 32, 64].reduce((sum, r) => sum + step(r, 16), 0),
    9,
  )
  expect(price({ largest: 128 })).toBeGreaterThan(3 * price({}))
})

it('a schedule by its name has films and batches of its own, cut behind the size', () => {
  expect(price({ schedule: 'thorax', lastImages: 1 })).toBe(price({ schedule: 'thorax' }))
  expect(price({ schedule: 'thorax' })).toBeGreaterThan(20 * price({}))
  const steps = growthPresets.thorax
    .filter(({ resolution }) => resolution <= 16)
    .reduce((sum, phase) => sum + Math.ceil(phase.images / phase.batch) * step(phase.resolution, phase.batch), 0)
  expect(Math.abs(price({ schedule: 'thorax', size: 16 }) / steps - 1)).toBeLessThan(0.01)
  // a size that the stage will refuse, and parameters that an earlier version did not have, are no reason to fail here
  expect(price({ size: 48, schedule: 'lost' })).toBe(price({ size: 32 }))
})

it('what is written: films of each phase’s end; samples by their number, forwards alone', () => {
  expect(fitProgressive.price!.films!['milestones']!(given({ size: 16 }))).toEqual({ count: 5 * 16, side: 16 })
  const sampled = sampleFilms.price!
  expect(sampled.films!['films']!(given({ films: 7 }, { size: 32 }))).toEqual({ count: 7, side: 32 })
  expect(sampled.films!['films']!(given({ films: 7, size: 128 }, { size: 32 }))).toEqual({ count: 7, side: 128 })
  expect(sampled.seconds(given({ films: 7, size: 128 }, { size: 32, largest: 16 }))).toBeCloseTo(
    0.7 * step(32, 1, 16),
    12,
  )
  expect(latentStepSeconds({ size: 32, largest: 16 })).toBeCloseTo(0.02 + 0.4 * step(32, 1, 16), 12)
})
