// What a growth costs, phase by phase, in seconds on two cores: a step at 64² takes a hundred times as long as one at 4², so time is not
// told by steps. The price of `fit-progressive` in a plan and the share of its work that is done are made of it; no tensors.
import { growthAt, phaseSteps, type GrowthSchedule, type Phase } from './growthSchedule.ts'
import { progressiveChannels } from './progressiveChannels.ts'

/**
 * Seconds of one step, both networks forwards and backwards with gradient penalty, fp32, on two cores of a Zen 4: a call for each
 * resolution, and for each film products (two convolutions a network, channels²) and passes over its feature maps. Fitted to steps at 4² to
 * 64² with 8 to 256 channels and batches of 4 and 16, which it meets within 30 % (growthSeconds.test.ts); fading costs next to nothing.
 * @param largest cap of feature maps
 */
export const progressiveStepSeconds = (
  { resolution, batch }: Pick<Phase, 'resolution' | 'batch'>,
  largest: number,
): number => {
  const channels = progressiveChannels(largest)
  let [products, values] = [0, 0]
  for (let r = 4; r <= resolution; r *= 2) {
    products += (r * channels(r)) ** 2
    values += r ** 2 * channels(r)
  }
  return 2.8e-3 * Math.log2(resolution) + batch * (3.35e-9 * products + 3.86e-8 * values)
}

/** A phase's graph is traced before its first step: as long as two more, and half a second. */
const beginning = (step: number): number => 0.5 + 2 * step

/** Seconds of a whole growth. */
export const growthSeconds = (schedule: GrowthSchedule, largest: number): number =>
  schedule.reduce((sum, phase) => {
    const step = progressiveStepSeconds(phase, largest)
    return sum + beginning(step) + phaseSteps(phase) * step
  }, 0)

/** Share in [0, 1] of a growth's work that its first steps are: 0 of none, 1 of all. */
export const growthShare = (schedule: GrowthSchedule, largest: number): ((done: number) => number) => {
  const before = schedule.map((_, index) => growthSeconds(schedule.slice(0, index), largest))
  const all = growthSeconds(schedule, largest)
  return (done) => {
    if (done === 0) return 0
    const { phase, index, stepInPhase } = growthAt(schedule, done - 1)
    const step = progressiveStepSeconds(phase, largest)
    return (before[index]! + beginning(step) + (stepInPhase + 1) * step) / all
  }
}
