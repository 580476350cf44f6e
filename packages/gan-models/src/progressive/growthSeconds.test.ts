import { describe, expect, it } from '@jest/globals'
import { growthAt, growthSchedule, growthSteps, type Phase } from './growthSchedule.ts'
import { growthSeconds, growthShare, progressiveStepSeconds } from './growthSeconds.ts'

/** Processor seconds of one step on two cores (medians of 10 to 23), by channels, batch and resolution: `.567` of them on an idle machine. */
const measured: ReadonlyArray<readonly [largest: number, batch: number, steps: Readonly<Record<number, number>>]> = [
  [64, 16, { 4: 0.0192, 8: 0.051, 16: 0.188, 32: 0.636, 64: 2.54 }],
  [16, 16, { 4: 0.0089, 8: 0.0195, 16: 0.034, 32: 0.078, 64: 0.258 }],
  [64, 4, { 4: 0.0115, 8: 0.025, 16: 0.074, 32: 0.205, 64: 0.695 }],
  [256, 16, { 4: 0.0938, 8: 0.519, 16: 2.23 }],
]
const IDLE = 1.43 / 2.54

it('a step by hand: calls, products and values of 4² and 8²', () => {
  // Σ (r c)² = (4·8)² + (8·8)² = 5120; Σ r² c = 16·8 + 64·8 = 640
  expect(progressiveStepSeconds({ resolution: 8, batch: 4 }, 8)).toBeCloseTo(
    3 * 2.8e-3 + 4 * (3.35e-9 * 5120 + 3.86e-8 * 640),
    12,
  )
})

it.each(measured)('%i channels, %i films: what was measured, within 30 %', (largest, batch, steps) => {
  for (const [resolution, seconds] of Object.entries(steps)) {
    const ratio = progressiveStepSeconds({ resolution: Number(resolution), batch }, largest) / (seconds * IDLE)
    expect(Math.abs(Math.log(ratio))).toBeLessThan(Math.log(1.3))
  }
})

describe('the share of a growth that is done', () => {
  const schedule = growthSchedule({ to: 64, fadeImages: 8000, stableImages: 8000, lastImages: 24_000, batch: () => 16 })
  const steps = growthSteps(schedule)
  const share = growthShare(schedule, 64)

  it('rises from 0 to 1 as the seconds of its steps do', () => {
    expect([share(0), share(steps)]).toEqual([0, 1])
    expect((share(600) - share(599)) * growthSeconds(schedule, 64)).toBeCloseTo(
      progressiveStepSeconds(growthAt(schedule, 599).phase, 64),
      9,
    )
    for (let done = 1; done <= steps; done++) expect(share(done)).toBeGreaterThan(share(done - 1))
  })

  it('on a clock that goes as steps were measured, what is left is right from the first hundred steps on', () => {
    const [, , at] = measured[0]!
    const secondsOf = ({ resolution }: Phase): number => at[resolution]! * IDLE
    const whole = Array.from({ length: steps }, (_, i) => secondsOf(growthAt(schedule, i).phase)).reduce(
      (a, b) => a + b,
    )
    let now = 0
    const wrong = { byShare: 1, bySteps: 1 }
    for (let done = 1; done < steps; done++) {
      now += secondsOf(growthAt(schedule, done - 1).phase)
      if (done < 100) continue
      // as a runner tells it: the rest goes as fast as the work so far
      const left = (part: number): number => (now * (1 - part)) / part
      const off = (told: number): number => Math.max(told / (whole - now), (whole - now) / told)
      wrong.byShare = Math.max(wrong.byShare, off(left(share(done))))
      wrong.bySteps = Math.max(wrong.bySteps, off(left(done / steps)))
    }
    expect(wrong.byShare).toBeLessThan(1.4)
    expect(wrong.bySteps).toBeGreaterThan(30)
  })
})
