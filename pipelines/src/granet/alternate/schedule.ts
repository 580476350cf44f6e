// Who trains when (rows G21, G26): a detector and the generator whose residual it attends to, in turn for a and b epochs, or
// both in each step. A pure function of the step, so that a resumed run and a look ahead see the same.

/** Table 3's strategies; a:b is detector:generator, which the paper lets one infer only (row G21). */
export const SCHEDULES = ['joint', '1:1', '1:2', '1:3', '2:1', '2:2', '3:3', '5:1'] as const
export type Schedule = (typeof SCHEDULES)[number]

interface Turn {
  readonly trains: 'detector' | 'generator' | 'both'
  /** steps that the detector had before this one, and the generator */
  readonly detector: number
  readonly generator: number
}

export interface Turns {
  /** steps in all */
  readonly steps: number
  /** @param step counted from 0 */
  readonly at: (step: number) => Turn
}

/**
 * The turns of a training in which the detector takes `steps` steps, as in an arm without alternation: the detector begins,
 * and has the last turn too, because a detector is used with the generator that it was trained with.
 * @param epoch steps of one epoch, of either
 */
export const turnsOf = (
  schedule: Schedule,
  { steps, epoch }: { readonly steps: number; readonly epoch: number },
): Turns => {
  if (schedule === 'joint') return { steps, at: (step) => ({ trains: 'both', detector: step, generator: step }) }
  const [a, b] = schedule.split(':').map((n) => Number(n) * epoch) as [number, number]
  const whole = Math.ceil(steps / a) - 1 // turns of the generator: one between two turns of the detector
  return {
    steps: steps + whole * b,
    at: (step) => {
      const cycle = Math.floor(step / (a + b))
      const inside = step - cycle * (a + b)
      return inside < a
        ? { trains: 'detector', detector: cycle * a + inside, generator: cycle * b }
        : { trains: 'generator', detector: (cycle + 1) * a, generator: cycle * b + inside - a }
    },
  }
}
