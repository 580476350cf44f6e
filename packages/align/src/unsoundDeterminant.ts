// The alarm for the degenerate solution: a map that shrinks or blows up every view lowers the loss, and the disagreement with
// it, without aligning anything. Used by `fit-aligner`.
const [LEAST, MOST] = [0.7, 1.4] as const

/** What to say of a mean det θ, or nothing where it is sound. */
export const unsoundDeterminant = (determinant: number): string | undefined =>
  determinant > LEAST && determinant < MOST
    ? undefined
    : `warning: det θ ended at ${determinant.toFixed(2)}, sound is ${LEAST} to ${MOST}: films are shrunk or blown up, not aligned; ` +
      'lower the learning rate'
