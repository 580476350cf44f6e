// What a schedule marks on its way: where phases end, and where 1 % of all films were shown.
import { growthAt, growthSteps, type GrowthSchedule, type Phase } from './growthSchedule.ts'

export interface PhaseEnd {
  /** steps done by then, over the whole schedule */
  readonly done: number
  /** such as `03-8-stable`: in order of time */
  readonly label: string
  readonly phase: Phase
  /** undefined behind the last */
  readonly next: Phase | undefined
}

export const phaseEnds = (schedule: GrowthSchedule): ReadonlyArray<PhaseEnd> =>
  schedule.map((phase, index) => ({
    done: growthSteps(schedule.slice(0, index + 1)),
    label: `${String(index + 1).padStart(2, '0')}-${phase.resolution}-${phase.fading ? 'fading' : 'stable'}`,
    phase,
    next: schedule[index + 1],
  }))

export interface EarlyMark {
  /** steps done */
  readonly done: number
  readonly imagesShown: number
  /** the last one that was whole by then: while one is faded in, the one before */
  readonly resolution: number
}

/** The first step after which that share of all films was shown. @default share .01 */
export const earlyMark = (schedule: GrowthSchedule, share = 0.01): EarlyMark => {
  const shownAfter = (done: number): number => {
    const { imagesShown, phase } = growthAt(schedule, done - 1)
    return imagesShown + phase.batch
  }
  const all = shownAfter(growthSteps(schedule))
  let done = 1
  while (shownAfter(done) < share * all) done += 1
  const { resolution, fading } = growthAt(schedule, done - 1).phase
  return { done, imagesShown: shownAfter(done), resolution: fading ? resolution / 2 : resolution }
}
