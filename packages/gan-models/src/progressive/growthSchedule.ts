// How a progressive GAN grows, as a value: phases in their order, each with its budget of real films shown to the critic. What
// phase a step is in, the weight of the newest resolution and Adam's count are pure functions of it, on the host.
import { GanModelsError } from '../GanModelsError.ts'
import type { Growth } from './ProgressiveNetwork.ts'

export type Phase = Required<Growth> & {
  /** Real films shown in this phase. The last batch may go beyond. */
  readonly images: number
  /** Films in a batch. */
  readonly batch: number
  /** Whether Adam's moments and its count start from zero. */
  readonly resetsAdam: boolean
}

export type GrowthSchedule = ReadonlyArray<Phase>

export type GrowthOptions = {
  /** side of the last films, pixels: a power of two */
  readonly to: number
  /** side of the first. @default 4 */
  readonly from?: number
  /** real films shown while a resolution is faded in */
  readonly fadeImages: number
  /** and after that */
  readonly stableImages: number
  /** real films shown at the last resolution once it is faded in. @default stableImages */
  readonly lastImages?: number
  /** films in a batch at a resolution */
  readonly batch: (resolution: number) => number
  /**
   * When Adam starts anew: at each new resolution, or at each phase, thus also when a fade has ended, as the reference does.
   * @default 'resolution'
   */
  readonly adamResets?: 'resolution' | 'phase'
}

const whole = (subject: string, value: number, least: number): number => {
  if (!Number.isInteger(value) || value < least)
    throw new GanModelsError(subject, `${value} is no whole number from ${least}`)
  return value
}

/**
 * Stable at the first resolution; then, at each doubling, fading and stable.
 * @throws GanModelsError naming what is no power of two, no whole number or out of order
 */
export const growthSchedule = (options: GrowthOptions): GrowthSchedule => {
  const { to, from = 4, adamResets = 'resolution' } = options
  for (const [subject, value] of Object.entries({ from, to }))
    if (!Number.isInteger(Math.log2(value)) || value < 4)
      throw new GanModelsError(subject, `${value} is no power of two from 4; films grow by doubling`)
  if (to < from) throw new GanModelsError('to', `${to} is smaller than the first resolution, ${from}`)
  const phases: Phase[] = []
  for (let resolution = from; resolution <= to; resolution *= 2) {
    const batch = whole(`batch at ${resolution}`, options.batch(resolution), 1)
    if (resolution > from) {
      const images = whole('fadeImages', options.fadeImages, 1)
      phases.push({ resolution, fading: true, images, batch, resetsAdam: true })
    }
    const images = whole('stableImages', resolution === to ? (options.lastImages ?? options.stableImages) : options.stableImages, 1) // prettier-ignore
    phases.push({ resolution, fading: false, images, batch, resetsAdam: resolution === from || adamResets === 'phase' })
  }
  return phases
}

/** Steps of a phase: enough to show its films. */
export const phaseSteps = ({ images, batch }: Phase): number => Math.ceil(images / batch)

/** Steps of a whole schedule. */
export const growthSteps = (schedule: GrowthSchedule): number =>
  schedule.reduce((sum, phase) => sum + phaseSteps(phase), 0)

/**
 * α, the weight of the newest resolution, from the real films shown in the phase so far: 0 to 1 in a straight line while it is
 * faded in, 1 once it is stable.
 */
export const fadeWeight = ({ fading, images }: Phase, shown: number): number =>
  fading ? Math.min(1, shown / images) : 1

export type GrowthPlace = {
  readonly phase: Phase
  /** of the phase in the schedule, from 0 */
  readonly index: number
  /** in the phase, from 0 */
  readonly stepInPhase: number
  /** since the start, before this step */
  readonly imagesShown: number
  /** α of this step */
  readonly alpha: number
  /** Adam's steps since it last started from zero, this one included: from 1 */
  readonly adamStep: number
}

/**
 * Where a step is.
 * @param step counted from 0 over the whole schedule
 * @throws GanModelsError when the schedule is over
 */
export const growthAt = (schedule: GrowthSchedule, step: number): GrowthPlace => {
  let [first, imagesShown, adamStep] = [0, 0, 0]
  for (const [index, phase] of schedule.entries()) {
    if (phase.resetsAdam) adamStep = 0
    const steps = phaseSteps(phase)
    const stepInPhase = step - first
    if (stepInPhase < steps) {
      const shown = stepInPhase * phase.batch
      return {
        phase,
        index,
        stepInPhase,
        imagesShown: imagesShown + shown,
        alpha: fadeWeight(phase, shown),
        adamStep: adamStep + stepInPhase + 1,
      }
    }
    first += steps
    imagesShown += steps * phase.batch
    adamStep += steps
  }
  throw new GanModelsError(
    'step',
    `${step} is behind the schedule's last, ${first - 1}; give the last phase more films`,
  )
}
