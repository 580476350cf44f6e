// Whether a gradient is computed inside another's function, as in a gradient penalty: then it must be made of ops that have
// gradients themselves. Used by ops whose gradient is a kernel of our own.
import { engine } from '@tensorflow/tfjs-core'

/** Whether what is computed now may be differentiated. */
export const isTaped = (): boolean =>
  (engine() as unknown as { state: { gradientDepth: number } }).state.gradientDepth > 0
