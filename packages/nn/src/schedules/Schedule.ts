// Learning rates as pure functions of the step on the host, in float64; they enter a compiled step as knobs.

/** @param step counted from 0 */
export type Schedule = (step: number) => number

/** Always `value`. */
export const constantRate =
  (value: number): Schedule =>
  () =>
    value

/** `from` until `start`, then a straight line to `to` at `steps`, then `to`. CycleGAN: start at half. */
export const linearDecay = (options: {
  readonly from: number
  /** @default 0 */
  readonly to?: number
  /** @default 0 */
  readonly start?: number
  readonly steps: number
}): Schedule => {
  const { from, to = 0, start = 0, steps } = options
  return (step) => from + (to - from) * Math.min(1, Math.max(0, (step - start) / (steps - start)))
}

/** Half a cosine from `from` at step 0 to `to` at `steps`. */
export const cosineDecay = ({ from, to = 0, steps }: { from: number; to?: number; steps: number }): Schedule => {
  return (step) => to + ((from - to) * (1 + Math.cos(Math.PI * Math.min(1, step / steps)))) / 2
}

/** A line from 0 over the first `steps` steps times the schedule: step 0 has 1/steps of it. */
export const warmUp = (steps: number, schedule: Schedule): Schedule => {
  return (step) => schedule(step) * Math.min(1, (step + 1) / steps)
}
